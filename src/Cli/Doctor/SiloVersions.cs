using System.Text.Json;

namespace DinOrleans.Cli.Doctor;

/// <summary>Looks at the versions that each silo of a cluster holds.</summary>
/// <param name="subject">The address that the silos were asked through.</param>
/// <param name="findings">Takes what is found.</param>
internal sealed class SiloVersions(string subject, Findings findings)
{
    /// <summary>Looks at the answer to <c>GET /v1/models</c>.</summary>
    public void Look(JsonElement models)
    {
        if (models.ValueKind != JsonValueKind.Object || !models.TryGetProperty("silos", out JsonElement silos) || silos.ValueKind != JsonValueKind.Array)
        {
            findings.Unknown(subject, "The answer to /v1/models is not that of a gateway.", "Give the address of a gateway.");
            return;
        }

        string? active = Text(models, "active");
        bool isMoving = Text(models, "target") is not null || Text(models, "retiring") is not null;
        foreach (JsonElement silo in silos.EnumerateArray())
        {
            LookAt(silo, active, isMoving);
        }

        if (active is null)
        {
            findings.Note(subject, "No model version is active: rankings are by popularity.", "Publish a version, or wait for the first training.");
        }
        else if (silos.GetArrayLength() == 0)
        {
            findings.Problem(subject, $"No silo has said that it serves version {active}.", "See whether the silos run.");
        }

        if (isMoving)
        {
            findings.Note(subject, "The silos are moving to another version.", "");
        }
    }

    private void LookAt(JsonElement silo, string? active, bool isMoving)
    {
        string name = $"silo {Text(silo, "silo")}";
        string? serving = Text(silo, "serving");
        if (active is not null && serving != active && !isMoving)
        {
            findings.Problem(
                name, $"It serves {(serving is null ? "no version" : $"version {serving}")}, but {active} is active.", "See its log: it may not reach the folder of versions. Start it again if it has not moved within a minute.");
        }

        foreach ((string version, string reason) in Reasons(silo, "refused"))
        {
            findings.Problem(name, $"It has refused version {version}: {reason}", "Publish another version: this one cannot serve.");
        }

        foreach ((string version, string reason) in Reasons(silo, "failing"))
        {
            findings.Problem(name, $"It cannot load version {version} now: {reason}", "See whether the silo reaches the folder of versions. It tries again by itself.");
        }
    }

    private static IEnumerable<(string Version, string Reason)> Reasons(JsonElement silo, string member) =>
        silo.TryGetProperty(member, out JsonElement reasons) && reasons.ValueKind == JsonValueKind.Object
            ? reasons.EnumerateObject().Select(r => (r.Name, r.Value.ToString()))
            : [];

    private static string? Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
