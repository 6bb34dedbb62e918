using System.Globalization;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets.Import.MovieLens;

/// <summary>
/// Imports MovieLens (Harper and Konstan, TiiS 2015): a folder in the layout of the 100K, the 1M, the 10M or the 20M release. Later releases have the
/// layout of the 20M release.
/// </summary>
/// <remarks>
/// A rating at or above the positive rating is a "like", which is predicted and forms the behaviour sequence. A rating below it is a "low_rating". A movie
/// has its year, and its combination of genres as one value, because a feature has one value.
/// </remarks>
public sealed class MovieLensImporter : IDatasetImporter
{
    /// <summary>The default of the positive rating.</summary>
    public const double DefaultPositiveRating = 4;

    /// <summary>The lowest possible rating in stars.</summary>
    public const double LowestRating = 0.5;

    /// <summary>The highest possible rating in stars.</summary>
    public const double HighestRating = 5;

    private const string Like = "like";
    private const string LowRating = "low_rating";
    private const string Tag = "tag";
    private const int ItemDimension = 32;
    private const int FeatureDimension = 16;

    private readonly double _positiveRating;
    private readonly SourceOptions _source;
    private readonly bool _tags;

    /// <param name="positiveRating">The lowest rating that counts as a like, 0.5 to 5 stars.</param>
    /// <param name="source">The options for reading the files. Null for the published form.</param>
    /// <param name="tags">True to import tags too, as events of the type "tag". Only the layouts of 10M and 20M have them.</param>
    public MovieLensImporter(double positiveRating = DefaultPositiveRating, SourceOptions? source = null, bool tags = false)
    {
        _source = source ?? new();
        _tags = tags;
        _positiveRating = positiveRating is >= LowestRating and <= HighestRating
            ? positiveRating
            : throw new ArgumentOutOfRangeException(nameof(positiveRating), positiveRating, "The positive rating must be 0.5 to 5.");
    }

    /// <inheritdoc/>
    public string Name => "movielens";

    /// <inheritdoc/>
    public ImportResult Import(string source, string outFolder, CancellationToken cancellationToken = default)
    {
        MovieLensLayout layout = MovieLensLayout.Detect(source).With(_source);
        string ratings = SourceFolder.Require(source, layout.Ratings);
        string movies = SourceFolder.Require(source, layout.Movies);
        string? users = layout.Users is { } file ? SourceFolder.Require(source, file) : null;
        string? tags = _tags ? SourceFolder.Require(source, layout.Tags ?? throw new DatasetException($"{source}: the {layout.Name} layout has no tags")) : null;
        using DatasetWriter writer = DatasetWriter.Create(outFolder, Schema(layout));
        MovieLensMovies.Write(movies, layout, writer, cancellationToken);
        if (users is not null)
        {
            MovieLensUsers.Write(users, layout, writer, cancellationToken);
        }

        WriteRatings(ratings, layout, writer, cancellationToken);
        if (tags is not null)
        {
            WriteTags(tags, layout, writer, cancellationToken);
        }

        return ImportResult.Commit(writer);
    }

    private FeatureSchema Schema(MovieLensLayout layout) => new()
    {
        ItemFeatures =
        [
            new(FeatureSchema.ItemId, ItemDimension), new(MovieLensMovies.Genres, FeatureDimension), new(MovieLensMovies.Year, FeatureDimension),
        ],
        UserFeatures = [.. MovieLensUsers.Categorical(layout).Select(name => new CategoricalFeature(name, FeatureDimension))],
        NumericFeatures = [.. MovieLensUsers.Numeric(layout).Select(name => new NumericFeature(name, FeatureSource.User))],
        Tasks = [new(Like, [Like])],
        Behaviours = new([Like]),
        OtherEvents = _tags ? [LowRating, Tag] : [LowRating],
    };

    private void WriteRatings(string path, MovieLensLayout layout, DatasetWriter writer, CancellationToken cancellationToken)
    {
        using DataTable table = DataTable.Open(path, layout.Format);
        int user = table.Column(MovieLensLayout.User);
        int movie = table.Column(MovieLensLayout.Movie);
        int rating = table.Column(MovieLensLayout.Rating);
        int timestamp = table.Column(MovieLensLayout.Timestamp);
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Write(new BehaviourEvent
            {
                EventId = table.LineId(),
                UserId = table.Id(user),
                ItemId = table.Id(movie),
                Type = Stars(table, rating) >= _positiveRating ? Like : LowRating,
                Timestamp = _source.Plausible(table, timestamp, table.UnixSeconds(timestamp)),
            });
        }
    }

    private void WriteTags(string path, MovieLensLayout layout, DatasetWriter writer, CancellationToken cancellationToken)
    {
        CsvFormat format = layout.Format.Columns is null ? layout.Format : layout.Format with { Columns = MovieLensLayout.TagColumns };
        using DataTable table = DataTable.Open(path, format);
        int user = table.Column(MovieLensLayout.User);
        int movie = table.Column(MovieLensLayout.Movie);
        int timestamp = table.Column(MovieLensLayout.Timestamp);
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Write(new BehaviourEvent
            {
                EventId = $"{Tag}-{table.LineId()}",
                UserId = table.Id(user),
                ItemId = table.Id(movie),
                Type = Tag,
                Timestamp = _source.Plausible(table, timestamp, table.UnixSeconds(timestamp)),
            });
        }
    }

    private static double Stars(DataTable table, int column) =>
        double.TryParse(table[column], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double stars)
            && stars is >= LowestRating and <= HighestRating
            ? stars
            : throw table.Error(column, "must be 0.5 to 5 stars");
}
