using System.Text;

namespace DinOrleans.Datasets.Import.MovieLens;

/// <summary>
/// The files of one MovieLens release. Files without a header get the column names that the later releases have in theirs, so
/// that one code reads all.
/// </summary>
/// <param name="Name">As the releases are called.</param>
/// <param name="Ratings">File of ratings; only this layout has one of the name.</param>
/// <param name="Movies">File of movies.</param>
/// <param name="Users">File of users; null for none.</param>
/// <param name="Format">How the ratings are written.</param>
/// <param name="MovieFormat">How the movies are written.</param>
/// <param name="UserFormat">How the users are written.</param>
internal sealed record MovieLensLayout(
    string Name, string Ratings, string Movies, string? Users, CsvFormat Format, CsvFormat MovieFormat, CsvFormat UserFormat)
{
    public const string User = "userId";
    public const string Movie = "movieId";
    public const string Rating = "rating";
    public const string Timestamp = "timestamp";
    public const string Title = "title";

    /// <summary>Genres of a movie with bars between them. The 100K layout has a column of 0 or 1 a genre in its place.</summary>
    public const string Genres = "genres";

    public const string Gender = "gender";

    /// <summary>Years, or in the 1M layout the first year of a band.</summary>
    public const string Age = "age";

    public const string Occupation = "occupation";
    public const string Zip = "zip";

    private static readonly string[] RatingColumns = [User, Movie, Rating, Timestamp];

    /// <summary>Genre columns of the 100K layout, in file order.</summary>
    public static readonly IReadOnlyList<string> GenreFlags =
    [
        "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary", "Drama", "Fantasy",
        "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western",
    ];

    private static readonly MovieLensLayout Of100K = new(
        "100K", "u.data", "u.item", "u.user",
        Bare("\t", RatingColumns),
        Bare("|", [Movie, Title, "release date", "video release date", "IMDb URL", .. GenreFlags]),
        Bare("|", [User, Age, Gender, Occupation, Zip]));

    private static readonly MovieLensLayout Of1M = new(
        "1M", "ratings.dat", "movies.dat", "users.dat",
        Bare("::", RatingColumns),
        Bare("::", [Movie, Title, Genres]),
        Bare("::", [User, Gender, Age, Occupation, Zip]));

    private static readonly MovieLensLayout Of20M = new(
        "20M", "ratings.csv", "movies.csv", Users: null, CsvFormat.Rfc4180, CsvFormat.Rfc4180, CsvFormat.Rfc4180);

    private static readonly MovieLensLayout[] All = [Of100K, Of1M, Of20M];

    /// <summary>Whether ages are bands, named by their first year.</summary>
    public bool HasAgeBands => Name == Of1M.Name;

    /// <summary>The layout of a folder, told by its file of ratings.</summary>
    /// <exception cref="DatasetException">It has none of them, or several.</exception>
    public static MovieLensLayout Detect(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DatasetException($"{folder}: there is no such folder");
        }

        MovieLensLayout[] found = [.. All.Where(layout => SourceFolder.Find(folder, layout.Ratings) is not null)];
        return found.Length == 1
            ? found[0]
            : throw new DatasetException($"{folder}: must have one of {string.Join(", ", All.Select(l => $"{l.Ratings} ({l.Name} layout)"))}, "
                + (found.Length == 0 ? "but has none" : "but has " + string.Join(" and ", found.Select(l => l.Ratings))));
    }

    /// <summary>The layout with the formats that the options say.</summary>
    public MovieLensLayout With(SourceOptions source) =>
        this with { Format = source.Apply(Format), MovieFormat = source.Apply(MovieFormat), UserFormat = source.Apply(UserFormat) };

    private static CsvFormat Bare(string delimiter, IReadOnlyList<string> columns) =>
        new() { Delimiter = delimiter, Encoding = Encoding.Latin1, Quoted = false, Columns = columns };
}
