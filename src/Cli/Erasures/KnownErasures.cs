using System.Globalization;
using DinOrleans.Model.Validation;
using DinOrleans.Storage.Erasures;

namespace DinOrleans.Cli.Erasures;

/// <summary>The erasures that are applied to a database of old.</summary>
/// <param name="Erasures">The erasures of all sources.</param>
/// <param name="Warnings">What the caller should be told.</param>
internal sealed record KnownErasures(IReadOnlyList<Erasure> Erasures, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads the sources.</summary>
    /// <param name="paths">The sources.</param>
    /// <param name="since">The time of the database. One of the sources must have all erasures from then on.</param>
    /// <exception cref="InvalidContentException">A source has no erasures, or none reaches back so far.</exception>
    public static KnownErasures Read(IReadOnlyList<string> paths, DateTimeOffset since)
    {
        ErasureSource[] sources = [.. paths.Select(ErasureSource.Read)];
        if (!sources.Any(source => source.Covers(since)))
        {
            throw new InvalidContentException(
                $"{string.Join(" and ", paths)} cannot have all erasures since {Text(since)}, when the backup was made: a journal was begun later, or an export was made earlier. "
                + "Give another one as well.");
        }

        ErasureList[] lists = [.. sources.SelectMany(source => source.Lists)];
        List<string> warnings = [.. sources.SelectMany(source => source.Warnings)];
        if (lists.All(list => list.To is not null))
        {
            warnings.Add($"erasures after {Text(lists.Max(list => list.To!.Value))}, when they were exported, are not known");
        }

        return new([.. lists.SelectMany(list => list.Erasures)], warnings);
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
