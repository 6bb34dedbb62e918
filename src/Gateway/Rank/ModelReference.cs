using System.Text.Json;

namespace DinOrleans.Gateway.Rank;

/// <summary>A model version and its part in the ranking.</summary>
/// <param name="Version">The name of the version.</param>
/// <param name="Variant">The part of the version, "champion".</param>
/// <param name="ScoresAreProbabilities">
/// True where each task's score is the probability of its event on a shown item. False where scores only order the items.
/// </param>
internal sealed record ModelReference(string Version, string Variant, bool ScoresAreProbabilities)
{
    /// <summary>The variant that answers.</summary>
    public const string Champion = "champion";

    private static readonly JsonEncodedText VersionName = JsonEncodedText.Encode("version");
    private static readonly JsonEncodedText VariantName = JsonEncodedText.Encode("variant");
    private static readonly JsonEncodedText ScoresAreProbabilitiesName = JsonEncodedText.Encode("scoresAreProbabilities");

    /// <summary>Writes the JSON.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString(VersionName, Version);
        json.WriteString(VariantName, Variant);
        json.WriteBoolean(ScoresAreProbabilitiesName, ScoresAreProbabilities);
        json.WriteEndObject();
    }
}
