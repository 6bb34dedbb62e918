using System.Text.Json;

namespace DinOrleans.Gateway.Rank;

/// <summary>A model version and its part in the ranking.</summary>
/// <param name="Version">The name of the version.</param>
/// <param name="Variant">The arm of the experiment that answered, "champion" for the active version.</param>
/// <param name="Experiment">The experiment that the user is in. It is left out where there is none.</param>
/// <param name="ScoresAreProbabilities">
/// True where each task's score is the probability of its event on a shown item. False where scores only order the items.
/// </param>
internal sealed record ModelReference(string Version, string Variant, string? Experiment, bool ScoresAreProbabilities)
{
    private static readonly JsonEncodedText VersionName = JsonEncodedText.Encode("version");
    private static readonly JsonEncodedText VariantName = JsonEncodedText.Encode("variant");
    private static readonly JsonEncodedText ExperimentName = JsonEncodedText.Encode("experiment");
    private static readonly JsonEncodedText ScoresAreProbabilitiesName = JsonEncodedText.Encode("scoresAreProbabilities");

    /// <summary>Writes the JSON.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString(VersionName, Version);
        json.WriteString(VariantName, Variant);
        if (Experiment is not null)
        {
            json.WriteString(ExperimentName, Experiment);
        }

        json.WriteBoolean(ScoresAreProbabilitiesName, ScoresAreProbabilities);
        json.WriteEndObject();
    }
}
