using System.Text.Json;

namespace DinOrleans.Training.Service.Attempts;

/// <summary>
/// What is kept of a training until it ends: its plan, a folder of each attempt with its checkpoint, and the trained version. All services that may
/// go on with it see the folder.
/// </summary>
/// <param name="path">The folder.</param>
internal sealed class WorkFolder(string path)
{
    private const string Attempt = "attempt-";

    /// <summary>Where trained versions are written.</summary>
    public string Versions => Path.Combine(path, "versions");

    private string PlanFile => Path.Combine(path, "plan.json");

    /// <summary>The plan that an earlier attempt made; null where there is none that can be read.</summary>
    public TrainingPlan? ReadPlan()
    {
        try
        {
            return File.Exists(PlanFile) ? JsonSerializer.Deserialize<TrainingPlan>(File.ReadAllText(PlanFile)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps a plan for later attempts.</summary>
    public void Write(TrainingPlan plan)
    {
        Directory.CreateDirectory(path);
        string beside = PlanFile + ".partial";
        File.WriteAllText(beside, JsonSerializer.Serialize(plan));
        File.Move(beside, PlanFile, overwrite: true);
    }

    /// <summary>Makes the folder of an attempt, with what the last attempt before it left to go on from.</summary>
    /// <param name="number">The attempt, from 1. No two attempts have the same number, so that none disturbs another one that was taken for dead.</param>
    /// <returns>The attempt's folder.</returns>
    public string StartAttempt(int number)
    {
        string own = Path.Combine(path, $"{Attempt}{number:D4}");
        Directory.CreateDirectory(own);
        string? before = Directory.EnumerateDirectories(path, $"{Attempt}*").Where(d => string.CompareOrdinal(d, own) < 0).Order(StringComparer.Ordinal).LastOrDefault();
        foreach (string file in before is null ? [] : Directory.EnumerateFiles(before).Where(f => !f.EndsWith(".writing", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(own, Path.GetFileName(file)), overwrite: true);
        }

        return own;
    }

    /// <summary>The version that an earlier attempt has trained; null where there is none.</summary>
    public string? TrainedVersion() => Directory.Exists(Versions)
        ? Directory.EnumerateDirectories(Versions).FirstOrDefault(d => !Path.GetFileName(d).StartsWith('.'))
        : null;

    /// <summary>Removes everything.</summary>
    public void Remove()
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}

/// <summary>What a training reads and starts from, decided once for all of its attempts.</summary>
/// <param name="From">Events and rankings from before this moment are left out; null for none.</param>
/// <param name="StartFrom">The version whose weights it starts from; null for fresh weights.</param>
internal sealed record TrainingPlan(DateTimeOffset? From, string? StartFrom);
