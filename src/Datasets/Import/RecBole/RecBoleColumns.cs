using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Datasets.Import.RecBole;

/// <summary>The columns of one atomic file: <c>name:type</c>.</summary>
internal sealed class RecBoleColumns
{
    private static readonly string[] Types = ["token", "float", "token_seq", "float_seq"];

    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _columns = new(StringComparer.Ordinal);

    /// <param name="file">The file.</param>
    /// <param name="header">Its header.</param>
    /// <exception cref="DatasetException">A column has no type, or two columns have one name.</exception>
    public RecBoleColumns(PlanFile file, IReadOnlyList<string> header)
    {
        File = file;
        foreach (string column in header)
        {
            int colon = column.LastIndexOf(':');
            string type = colon < 0 ? "" : column[(colon + 1)..];
            if (!Types.Contains(type))
            {
                throw Error(column, $"must end in its type: {string.Join(", ", Types.Select(t => ":" + t))}");
            }

            if (!_columns.TryAdd(column[..colon], column))
            {
                throw Error(column, "must be named once");
            }

            _types.Add(column, type);
        }
    }

    /// <summary>The file.</summary>
    public PlanFile File { get; }

    /// <summary>The feature names of the columns.</summary>
    public IEnumerable<KeyValuePair<string, string>> Names => _columns.Select(c => KeyValuePair.Create(c.Value, PlanColumns.FeatureName(c.Key)));

    /// <summary>The columns of a type.</summary>
    public IEnumerable<string> OfType(string type) => _types.Where(t => t.Value == type).Select(t => t.Key);

    /// <summary>The column of a name, or null if the file does not have it.</summary>
    public string? Find(string name) => _columns.GetValueOrDefault(name);

    /// <summary>The column of a name.</summary>
    /// <exception cref="DatasetException">The file does not have it.</exception>
    public string Require(string name) => Find(name) ?? throw Error(name, "must be there");

    private DatasetException Error(string column, string rule) => DatasetException.At(Path.GetFileName(File.Path), 1, column, rule);
}
