using System.Text;

namespace DinOrleans.Datasets.Import.MovieLens;

/// <summary>
/// The files of one MovieLens release. Files without a header get the column names of the later releases, so that the same code reads all of them.
/// </summary>
/// <param name="Name">The name of the release.</param>
/// <param name="Ratings">The name of the file of ratings, by which a layout is recognised. The 1M and 10M layouts share it.</param>
/// <param name="Movies">The name of the file of movies.</param>
/// <param name="Users">The name of the file of users. Null for none.</param>
/// <param name="Tags">The name of the file of tags. Null for none.</param>
/// <param name="Format">The format of the ratings and tags.</param>
/// <param name="MovieFormat">The format of the movies.</param>
/// <param name="UserFormat">The format of the users.</param>
internal sealed record MovieLensLayout(
    string Name, string Ratings, string Movies, string? Users, string? Tags, CsvFormat Format, CsvFormat MovieFormat, CsvFormat UserFormat)
{
    public const string User = "userId";
    public const string Movie = "movieId";
    public const string Rating = "rating";
    public const string Timestamp = "timestamp";
    public const string Title = "title";

    /// <summary>The genres of a movie with bars between them. The 100K layout has a column of 0 or 1 per genre instead.</summary>
    public const string Genres = "genres";

    public const string Gender = "gender";

    /// <summary>The age in years, or in the 1M layout the first year of a band.</summary>
    public const string Age = "age";

    public const string Occupation = "occupation";
    public const string Zip = "zip";

    private static readonly string[] RatingColumns = [User, Movie, Rating, Timestamp];

    /// <summary>The genre columns of the 100K layout, in file order.</summary>
    public static readonly IReadOnlyList<string> GenreFlags =
    [
        "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary", "Drama", "Fantasy",
        "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western",
    ];

    private static readonly MovieLensLayout Of100K = new(
        "100K", "u.data", "u.item", "u.user", Tags: null,
        Bare("\t", RatingColumns),
        Bare("|", [Movie, Title, "release date", "video release date", "IMDb URL", .. GenreFlags]),
        Bare("|", [User, Age, Gender, Occupation, Zip]));

    private static readonly MovieLensLayout Of1M = new(
        "1M", "ratings.dat", "movies.dat", "users.dat", Tags: null,
        Bare("::", RatingColumns),
        Bare("::", [Movie, Title, Genres]),
        Bare("::", [User, Gender, Age, Occupation, Zip]));

    // This release is the only one of its form in UTF-8, and has no users.
    private static readonly MovieLensLayout Of10M = Of1M with
    {
        Name = "10M",
        Users = null,
        Tags = "tags.dat",
        Format = Of1M.Format with { Encoding = Encoding.UTF8 },
        MovieFormat = Of1M.MovieFormat with { Encoding = Encoding.UTF8 },
    };

    private static readonly MovieLensLayout Of20M = new(
        "20M", "ratings.csv", "movies.csv", Users: null, "tags.csv", CsvFormat.Rfc4180, CsvFormat.Rfc4180, CsvFormat.Rfc4180);

    private static readonly MovieLensLayout[] All = [Of100K, Of1M, Of20M];

    /// <summary>The columns of the file of tags.</summary>
    public static readonly IReadOnlyList<string> TagColumns = [User, Movie, "tag", Timestamp];

    /// <summary>True if ages are bands, named by their first year.</summary>
    public bool HasAgeBands => Name == Of1M.Name;

    /// <summary>Detects the layout of a folder by its file of ratings.</summary>
    /// <exception cref="DatasetException">The folder does not exist, or has no file of ratings or several.</exception>
    public static MovieLensLayout Detect(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DatasetException($"There is no folder {folder}");
        }

        MovieLensLayout[] found = [.. All.Where(layout => SourceFolder.Find(folder, layout.Ratings) is not null)];
        return found is [{ Name: "1M" }] && SourceFolder.Find(folder, Of1M.Users!) is null && SourceFolder.Find(folder, Of10M.Tags!) is not null ? Of10M
            : found.Length == 1 ? found[0]
            : throw new DatasetException($"{folder} must have one of {string.Join(", ", All.Select(l => $"{l.Ratings} ({(l == Of1M ? "1M or 10M" : l.Name)} layout)"))}, "
                + (found.Length == 0 ? "but has none" : "but has " + string.Join(" and ", found.Select(l => l.Ratings))));
    }

    /// <summary>Applies options to the formats of the layout.</summary>
    public MovieLensLayout With(SourceOptions source) =>
        this with { Format = source.Apply(Format), MovieFormat = source.Apply(MovieFormat), UserFormat = source.Apply(UserFormat) };

    private static CsvFormat Bare(string delimiter, IReadOnlyList<string> columns) =>
        new() { Delimiter = delimiter, Encoding = Encoding.Latin1, Quoted = false, Columns = columns };
}
