using System.Globalization;
using System.Text.Json;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets.Import.AmazonReviews;

/// <summary>
/// Imports Amazon reviews of 2014 (McAuley et al., SIGIR 2015), 2018 (Ni et al., EMNLP 2019) or 2023 (Hou et al., 2024) as published: a file of reviews
/// and a file of metadata, with one object per line, plain or gzipped.
/// </summary>
/// <remarks>
/// A review at or above the positive rating is a "review", which is predicted and forms the behaviour sequence. A review below it is a "low_rating". The
/// catalogue has the items that were reviewed. Further metadata and repeated rows of an item are left out. As in the original DIN code, the category of an
/// item is the last and most specific one. Variants of an item count as their parent if the release names one.
/// </remarks>
public sealed class AmazonReviewsImporter : IDatasetImporter
{
    /// <summary>The default of the positive rating: every review is a positive, as in the papers of the DIN family.</summary>
    public const double DefaultPositiveRating = 0;

    /// <summary>The highest possible rating in stars.</summary>
    public const double HighestRating = 5;

    private const string Review = "review";
    private const string LowRating = "low_rating";
    private const int ItemDimension = 32;
    private const int BrandDimension = 16;

    private static readonly FeatureSchema Schema = new()
    {
        ItemFeatures =
        [
            new(FeatureSchema.ItemId, ItemDimension), new(ItemMetadata.Category, ItemDimension), new(ItemMetadata.Brand, BrandDimension),
        ],
        Tasks = [new(Review, [Review])],
        Behaviours = new([Review]),
        OtherEvents = [LowRating],
    };

    private readonly string _metadata;
    private readonly double _positiveRating;
    private readonly SourceOptions _source;

    /// <param name="metadata">The file of metadata that belongs to the reviews.</param>
    /// <param name="positiveRating">The lowest rating that counts as a positive, 0 to 5 stars.</param>
    /// <param name="source">The options for reading the files. Null for the published form.</param>
    public AmazonReviewsImporter(string metadata, double positiveRating = DefaultPositiveRating, SourceOptions? source = null)
    {
        _source = source ?? new();
        _metadata = metadata;
        _positiveRating = positiveRating is >= 0 and <= HighestRating
            ? positiveRating
            : throw new ArgumentOutOfRangeException(nameof(positiveRating), positiveRating, "The positive rating must be 0 to 5.");
    }

    /// <inheritdoc/>
    public string Name => "amazon-reviews";

    /// <inheritdoc/>
    public ImportResult Import(string source, string outFolder, CancellationToken cancellationToken = default)
    {
        using var reviews = new JsonLines(source, _source);
        using var metadata = new JsonLines(_metadata, _source);
        using DatasetWriter writer = DatasetWriter.Create(outFolder, Schema);
        var reviewed = new HashSet<string>(StringComparer.Ordinal);
        while (reviews.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            BehaviourEvent behaviour = Read(reviews);
            reviewed.Add(behaviour.ItemId);
            writer.Write(behaviour);
        }

        var leftOut = new LeftOutCounts();
        while (metadata.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Item item = ItemMetadata.Read(metadata);
            if (reviewed.Remove(item.ItemId))
            {
                writer.Write(item);
            }
            else
            {
                leftOut.Add("of metadata of items that nobody reviewed, or that came before");
            }
        }

        foreach (string itemId in reviewed)
        {
            writer.Write(new Item(itemId, EmptyFeatures.Instance));
        }

        return ImportResult.Commit(writer, leftOut);
    }

    private BehaviourEvent Read(JsonLines reviews) => new()
    {
        EventId = reviews.Line.ToString(CultureInfo.InvariantCulture),
        UserId = reviews.Id("user_id", "reviewerID"),
        ItemId = reviews.Id(ItemMetadata.ItemIds),
        Type = Stars(reviews) >= _positiveRating ? Review : LowRating,
        Timestamp = Timestamp(reviews),
    };

    private static double Stars(JsonLines reviews)
    {
        (string name, JsonElement value) = reviews.Require("rating", "overall");
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double stars) && stars is >= 0 and <= HighestRating
            ? stars
            : throw reviews.Error(name, "must be 0 to 5 stars");
    }

    private DateTimeOffset Timestamp(JsonLines reviews)
    {
        const string Milliseconds = "timestamp";
        (string name, JsonElement value) = reviews.Require(Milliseconds, "unixReviewTime");
        int unit = name == Milliseconds ? 1 : 1000;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
            && number >= 0 && number <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() / unit)
        {
            var time = DateTimeOffset.FromUnixTimeMilliseconds(number * unit);
            return _source.TimeProblem(time) is { } problem ? throw reviews.Error(name, problem) : time;
        }

        throw reviews.Error(name, $"must be {(unit == 1 ? "milliseconds" : "seconds")} since 1970, a whole number");
    }
}
