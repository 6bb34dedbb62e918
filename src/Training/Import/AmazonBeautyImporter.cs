using System.Globalization;
using System.Text.Json;
using DinOrleans.Contracts.Users;
using DinOrleans.Training.Datasets;

namespace DinOrleans.Training.Import;

/// <summary>
/// Amazon reviews 2014, Beauty 5-core (McAuley et al., SIGIR 2015), as lines <c>user item item …</c> in time order, with the items' attributes
/// in <c>NAME_item2attributes.json</c> beside <c>NAME.txt</c>; the last attribute, the most specific, is the category.
/// </summary>
/// <remarks>
/// The lines carry no times. Reviews of a user are put a day apart, counted back from one common end, so that each user's order
/// stays and the latest by time are every user's most recent reviews, not the reviews of the busiest users.
/// </remarks>
public sealed class AmazonBeautyImporter : IDatasetImporter
{
    private const string EventType = "review";

    /// <summary>The last day of the original data.</summary>
    private static readonly DateTimeOffset End = new(2014, 7, 23, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public string Name => "amazon-beauty";

    /// <inheritdoc/>
    public ImportResult Import(string source, string outFolder, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(source))
        {
            throw new DatasetException($"{source}: there is no such file");
        }

        using DatasetWriter writer = DatasetWriter.Create(outFolder, ItemAndCategory.Schema(EventType));
        Dictionary<string, string> categories = Categories(Path.ChangeExtension(source, null) + "_item2attributes.json");
        var items = new HashSet<string>(StringComparer.Ordinal);
        var users = new HashSet<string>(StringComparer.Ordinal);
        int line = 0;
        foreach (string text in File.ReadLines(source))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            line++;
            if (parts.Length < 2 || parts.Any(p => p.Length > DatasetLayout.MaxIdLength))
            {
                throw new DatasetException($"{Path.GetFileName(source)} line {line}: must be a user and at least one item, ids of 1 to {DatasetLayout.MaxIdLength} characters");
            }

            if (!users.Add(parts[0]))
            {
                throw new DatasetException($"{Path.GetFileName(source)} line {line}: user {parts[0]} must have one line");
            }

            Write(writer, parts, items, categories);
        }

        writer.Commit();
        return new(writer.Items, writer.Users, writer.Events, LeftOut: 0);
    }

    private static void Write(DatasetWriter writer, string[] parts, HashSet<string> items, Dictionary<string, string> categories)
    {
        for (int i = 1; i < parts.Length; i++)
        {
            if (items.Add(parts[i]))
            {
                writer.Write(ItemAndCategory.Item(parts[i], categories.GetValueOrDefault(parts[i])));
            }

            writer.Write(new BehaviourEvent
            {
                EventId = i.ToString(CultureInfo.InvariantCulture),
                UserId = parts[0],
                ItemId = parts[i],
                Type = EventType,
                Timestamp = End.AddDays(i + 1 - parts.Length),
            });
        }
    }

    private static Dictionary<string, string> Categories(string path)
    {
        if (!File.Exists(path))
        {
            throw new DatasetException($"{path}: there is no such file");
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            Dictionary<string, int[]> attributes = JsonSerializer.Deserialize<Dictionary<string, int[]>>(file) ?? [];
            return attributes.Where(a => a.Value is { Length: > 0 })
                .ToDictionary(a => a.Key, a => a.Value[^1].ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal);
        }
        catch (JsonException e)
        {
            throw new DatasetException($"{Path.GetFileName(path)}: must map item ids to lists of whole numbers; {e.Message}", e);
        }
    }
}
