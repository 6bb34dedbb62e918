using System.Text.Json;
using DinOrleans.Model.Options;

namespace DinOrleans.Datasets.SampleShop;

/// <summary>
/// What a generated shop holds, and how well it can be predicted at best. It is written as <c>sample-shop.json</c> into the folder of the shop.
/// </summary>
public sealed record SampleShopReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, AllowDuplicateProperties = false };

    /// <summary>The seed of everything that is random.</summary>
    public required int Seed { get; init; }

    /// <summary>The number of shoppers.</summary>
    public required int Users { get; init; }

    /// <summary>The number of items.</summary>
    public required int Items { get; init; }

    /// <summary>The number of rankings that the log shows.</summary>
    public required int Rankings { get; init; }

    /// <summary>The number of labelled candidates.</summary>
    public required int Impressions { get; init; }

    /// <summary>The number of impressions that were clicked.</summary>
    public required int Clicks { get; init; }

    /// <summary>How fast interests drift, 0 to 1.</summary>
    public required double InterestDrift { get; init; }

    /// <summary>The AUC of the true click probabilities over all impressions. No model can be expected to do better.</summary>
    public required double BestAuc { get; init; }

    /// <summary>The same over the latest tenth of the rankings, which <c>compare</c> tests on.</summary>
    public required double BestAucLatest { get; init; }

    /// <summary>The AUC of the items' true popularity over all impressions, which needs no knowledge of the shopper.</summary>
    public required double PopularityAuc { get; init; }

    /// <summary>The options that made the shop, so that it can be made again; null where the file does not have them.</summary>
    public SampleShopOptions? Options { get; init; }

    /// <summary>Reads a report.</summary>
    /// <exception cref="DatasetException">The file is not a report.</exception>
    public static SampleShopReport Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SampleShopReport>(File.ReadAllText(path), Json) ?? throw new DatasetException($"{path}: must be a JSON object");
        }
        catch (JsonException e)
        {
            throw new DatasetException($"{path}: must be a report of the sample shop; {JsonProblem.Describe(e)}", e);
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
