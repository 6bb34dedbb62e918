using System.Text.RegularExpressions;
using DinOrleans.Contracts.Items;

namespace DinOrleans.Datasets.Import.MovieLens;

/// <summary>Writes movies as items.</summary>
internal static partial class MovieLensMovies
{
    public const string Genres = "genres";
    public const string Year = "year";

    // The text by which the releases say that a movie has no genre.
    private static readonly string[] NoGenres = ["", "unknown", "(no genres listed)"];

    /// <summary>Writes every movie of a file.</summary>
    /// <exception cref="DatasetException">A row breaks a rule.</exception>
    public static void Write(string path, MovieLensLayout layout, DatasetWriter writer, CancellationToken cancellationToken)
    {
        using DataTable table = DataTable.Open(path, layout.MovieFormat);
        int movie = table.Column(MovieLensLayout.Movie);
        int title = table.Column(MovieLensLayout.Title);
        Func<string> genres = GenresOf(table);
        var seen = new UniqueKeys();
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string id = table.Id(movie);
            if (!seen.Add(id))
            {
                throw table.Error(movie, "must be unique in the file");
            }

            writer.Write(new Item(id, Features(genres(), table[title])));
        }
    }

    private static Dictionary<string, string> Features(string genres, string title)
    {
        var features = new Dictionary<string, string>();
        if (!NoGenres.Contains(genres))
        {
            features[Genres] = genres;
        }

        if (YearInTitle().Match(title) is { Success: true } match)
        {
            features[Year] = match.Groups[1].Value;
        }

        return features;
    }

    private static Func<string> GenresOf(DataTable table)
    {
        if (table.OptionalColumn(MovieLensLayout.Genres) is { } genres)
        {
            return () => table.Feature(genres);
        }

        string[] flags = ["0", "1"];
        (string Genre, int Column)[] columns = [.. MovieLensLayout.GenreFlags.Select(genre => (genre, table.Column(genre)))];
        return () => string.Join('|', columns.Where(c => table.OneOf(c.Column, flags) == flags[1]).Select(c => c.Genre));
    }

    /// <summary>The year of release, in which titles end: Toy Story (1995).</summary>
    [GeneratedRegex(@"\(([0-9]{4})\)\s*$")]
    private static partial Regex YearInTitle();
}
