using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Datasets.Import.RecBole;

/// <summary>Makes the plan of a file of interactions from the types in its header and those of the files beside it.</summary>
public static class RecBolePlan
{
    private const string Extension = ".inter";
    private const string Packed = ".gz";
    private const string ListSeparator = " ";

    /// <summary>True if a file holds interactions by its name.</summary>
    public static bool IsInteractions(string path) => Unpacked(path).EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes a plan.</summary>
    /// <param name="interactions">The file of interactions.</param>
    /// <param name="source">The options for reading the files.</param>
    /// <exception cref="DatasetException">A file lacks a column, or a column has no type.</exception>
    public static ImportPlan Of(string interactions, SourceOptions source)
    {
        RecBoleColumns events = Read(interactions, source)!;
        RecBoleColumns? items = Read(Beside(interactions, ".item"), source);
        RecBoleColumns? users = Read(Beside(interactions, ".user"), source);
        string user = events.Require("user_id");
        string item = events.Require("item_id");
        string time = events.Require("timestamp");
        string? rating = events.Find("rating");
        RecBoleColumns[] all = [.. new[] { events, items, users }.OfType<RecBoleColumns>()];
        return new()
        {
            Events = events.File,
            Items = items is null ? null : items.File with { IdColumn = items.Require("item_id") },
            Users = users is null ? null : users.File with { IdColumn = users.Require("user_id") },
            UserColumn = user,
            ItemColumn = item,
            TimestampColumn = time,
            TimestampFormat = TimeReader.UnixSecondsName,
            TimeZone = source.TimeZone?.Id ?? "UTC",
            AnyTime = source.AnyTime,
            RatingColumn = rating,
            PositiveTypes = [rating is null ? "interaction" : "like"],
            Numeric = [.. all.SelectMany(f => f.OfType("float")).Distinct()],
            Lists = all.SelectMany(f => f.OfType("token_seq")).Distinct().ToDictionary(c => c, _ => ListSeparator),
            Ignored = [.. all.SelectMany(f => f.OfType("float_seq")).Distinct()],
            Names = all.SelectMany(f => f.Names).DistinctBy(n => n.Key).ToDictionary(),
            Missing = source.Missing,
            ItemsFromEvents = true,
        };
    }

    private static RecBoleColumns? Read(string? path, SourceOptions source)
    {
        if (path is null)
        {
            return null;
        }

        PlanFile file = new() { Path = path, Delimiter = source.Delimiter ?? "\t", Encoding = (source.Encoding ?? System.Text.Encoding.UTF8).WebName, Quoted = false };
        using DataTable table = DataTable.Open(path, PlanFormat.Of(file, new() { Missing = source.Missing }));
        return new(file, table.Header);
    }

    private static string? Beside(string interactions, string extension) =>
        SourceFolder.Find(Path.GetDirectoryName(interactions) ?? "", Path.GetFileName(Path.ChangeExtension(Unpacked(interactions), extension)));

    private static string Unpacked(string path) => path.EndsWith(Packed, StringComparison.OrdinalIgnoreCase) ? path[..^Packed.Length] : path;
}
