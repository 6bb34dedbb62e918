using System.Globalization;
using System.Text;
using System.Text.Json;
using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;

namespace DinOrleans.Datasets.Import;

/// <summary>
/// Imports Amazon reviews 2014, Beauty 5-core (McAuley et al., SIGIR 2015), as lines <c>user item item …</c> in the order of time, with the items'
/// attributes in <c>NAME_item2attributes.json</c> beside <c>NAME.txt</c>. The last and most specific attribute is the category.
/// </summary>
/// <remarks>
/// The lines have no times. The reviews of a user are placed a day apart, counted back from a common end. This keeps each user's order, and the latest
/// reviews by time are the most recent ones of all users rather than those of the busiest users.
/// </remarks>
/// <param name="source">The options for reading the files. Null for the published form.</param>
public sealed class AmazonBeautyImporter(SourceOptions? source = null) : IDatasetImporter
{
    private static readonly JsonSerializerOptions Json = new() { AllowDuplicateProperties = false };

    private const string EventType = "review";

    /// <summary>The last day of the original data.</summary>
    private static readonly DateTimeOffset End = new(2014, 7, 23, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The largest number of reviews of a user that can be a day apart and after 1995.</summary>
    private const int MaxReviews = 7000;

    private readonly SourceOptions _source = source ?? new();

    /// <inheritdoc/>
    public string Name => "amazon-beauty";

    /// <inheritdoc/>
    public ImportResult Import(string source, string outFolder, CancellationToken cancellationToken = default)
    {
        string file = Path.GetFileName(source);
        using SourceText text = Open(source);
        Dictionary<string, string> categories = Categories(Path.ChangeExtension(source, null) + "_item2attributes.json");
        using DatasetWriter writer = DatasetWriter.Create(outFolder, ItemAndCategory.Schema(EventType));
        var items = new HashSet<string>(StringComparer.Ordinal);
        var users = new HashSet<string>(StringComparer.Ordinal);
        int line = 0;
        while (text.ReadLine() is { } row)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string[] parts = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            line++;
            if (parts.Length < 2)
            {
                throw new DatasetException($"{file} line {line}: must be a user and at least one item");
            }

            if (parts.Select(InputRules.CheckId).FirstOrDefault(problem => problem is not null) is { } rule)
            {
                throw new DatasetException($"{file} line {line}: an id {rule}");
            }

            if (parts.Length - 1 > MaxReviews)
            {
                throw new DatasetException($"{file} line {line}: must be at most {MaxReviews} items");
            }

            if (!users.Add(parts[0]))
            {
                throw new DatasetException($"{file} line {line}: user {parts[0]} must have one line");
            }

            Write(writer, parts, items, categories);
        }

        return ImportResult.Commit(writer);
    }

    private SourceText Open(string path) => new(path, _source.Encoding ?? Encoding.UTF8, DataTable.EncodingAdvice);

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

    private Dictionary<string, string> Categories(string path)
    {
        using SourceText text = Open(path);
        try
        {
            Dictionary<string, int[]> attributes = JsonSerializer.Deserialize<Dictionary<string, int[]>>(text.ReadToEnd(), Json) ?? [];
            return attributes.Where(a => a.Value is { Length: > 0 })
                .ToDictionary(a => a.Key, a => a.Value[^1].ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal);
        }
        catch (JsonException e)
        {
            throw new DatasetException(
                $"{Path.GetFileName(path)} line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: must be a JSON object that maps item ids to lists of whole numbers", e);
        }
    }
}
