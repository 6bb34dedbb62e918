using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets.Import.AlibabaAds;

/// <summary>
/// Imports Alibaba display advertising, also called Ali_Display_Ad_Click: a folder of <c>raw_sample.csv</c>, <c>ad_feature.csv</c>,
/// <c>user_profile.csv</c> and <c>behavior_log.csv</c>, each plain or gzipped. Features keep the names of their columns.
/// </summary>
/// <remarks>
/// <para>The ads are the items. Ads that were shown to a user in one second at one place (pid) are a ranking. The place is its context, and a click is
/// predicted.</para>
/// <para>The behaviour log names a category and a brand, never an ad, so its rows cannot be behaviours on ads. Each pair of category and brand becomes an
/// item of its own that has only those two features. A model compares it with a candidate by the embeddings that they share. Such items are never
/// candidates, because they are in no ranking.</para>
/// </remarks>
public sealed class AlibabaAdsImporter : IDatasetImporter
{
    internal const string Click = "click";

    /// <summary>The behaviour types of <c>behavior_log.csv</c>: views, additions to the cart, favourites and purchases.</summary>
    public static readonly IReadOnlyList<string> BehaviourTypes = ["pv", "cart", "fav", "buy"];

    private const int ItemDimension = 32;
    private const int FeatureDimension = 16;

    private readonly HashSet<string> _behaviours;
    private readonly SourceOptions _source;

    /// <param name="behaviours">
    /// The behaviour types to import. Null imports all, and others are left out. With an empty list, <c>behavior_log.csv</c>, which has 723 million rows, is
    /// not read and need not exist.
    /// </param>
    /// <param name="source">The options for reading the files. Null for the published form.</param>
    /// <exception cref="DatasetException">A behaviour type is unknown.</exception>
    public AlibabaAdsImporter(IReadOnlyList<string>? behaviours = null, SourceOptions? source = null)
    {
        _source = source ?? new();
        _behaviours = [.. behaviours ?? BehaviourTypes];
        if (_behaviours.Except(BehaviourTypes).FirstOrDefault() is { } unknown)
        {
            throw new DatasetException($"\"{unknown}\" is not a behaviour type; there are {string.Join(", ", BehaviourTypes)}.");
        }
    }

    /// <inheritdoc/>
    public string Name => "alibaba-ads";

    /// <inheritdoc/>
    public ImportResult Import(string source, string outFolder, CancellationToken cancellationToken = default)
    {
        string impressions = SourceFolder.Require(source, "raw_sample.csv");
        string ads = SourceFolder.Require(source, "ad_feature.csv");
        string profiles = SourceFolder.Require(source, "user_profile.csv");
        string? behaviours = _behaviours.Count > 0 ? SourceFolder.Require(source, "behavior_log.csv") : null;
        using DatasetWriter writer = DatasetWriter.Create(outFolder, Schema());
        AdRows.Write(ads, _source, writer, cancellationToken);
        ProfileRows.Write(profiles, _source, writer, cancellationToken);
        var leftOut = new LeftOutCounts();
        ImpressionRows.Write(impressions, _source, writer, leftOut, cancellationToken);
        if (behaviours is not null)
        {
            BehaviourRows.Write(behaviours, _source, _behaviours, writer, leftOut, cancellationToken);
        }

        return ImportResult.Commit(writer, leftOut);
    }

    private FeatureSchema Schema() => new()
    {
        ItemFeatures =
        [
            new(FeatureSchema.ItemId, ItemDimension),
            .. AdRows.Categorical.Select(name => new CategoricalFeature(name, FeatureDimension)),
        ],
        UserFeatures = [.. ProfileRows.Columns.Select(name => new CategoricalFeature(name, FeatureDimension))],
        ContextFeatures = [new(ImpressionRows.Place, FeatureDimension)],
        NumericFeatures = [new(AdRows.Price, FeatureSource.Item, Normalisation.LogStandard)],
        Tasks = [new(Click, [Click])],
        Behaviours = new([Click, .. BehaviourTypes.Where(_behaviours.Contains)]),
        OtherEvents = [FeatureSchema.Impression],
    };
}
