using System.Text.Json;

namespace DinOrleans.Datasets.SampleShop;

/// <summary>
/// What a generated shop holds and how well it can be predicted at best; written as <c>sample-shop.json</c> into its folder.
/// </summary>
public sealed record SampleShopReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public required int Seed { get; init; }

    public required int Users { get; init; }

    public required int Items { get; init; }

    public required int Rankings { get; init; }

    /// <summary>Labelled candidates.</summary>
    public required int Impressions { get; init; }

    /// <summary>Impressions that were clicked.</summary>
    public required int Clicks { get; init; }

    /// <summary>How fast interests drift, 0 to 1.</summary>
    public required double InterestDrift { get; init; }

    /// <summary>AUC of the true click probabilities over all impressions: no model can be expected to do better.</summary>
    public required double BestAuc { get; init; }

    /// <summary>The same over the latest tenth of the rankings, what a validation cut by time holds by default.</summary>
    public required double BestAucLatest { get; init; }

    /// <summary>AUC of the items' true popularity over all impressions: what knowing nothing of the shopper gives.</summary>
    public required double PopularityAuc { get; init; }

    /// <summary>The options that made the shop, so that it can be made again; null where the file does not have them.</summary>
    public SampleShopOptions? Options { get; init; }

    /// <summary>Reads a report.</summary>
    /// <exception cref="InvalidDataException">The file is no report.</exception>
    public static SampleShopReport Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SampleShopReport>(File.ReadAllText(path), Json) ?? throw new InvalidDataException($"{path}: is empty");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
