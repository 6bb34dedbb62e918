using DinOrleans.Contracts;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets.Import.Plans;

/// <summary>The columns of a file that become features.</summary>
internal sealed class PlanColumns
{
    private const char ListSeparator = '|';

    /// <summary>What programs write around lists and their parts.</summary>
    private static readonly char[] Brackets = ['[', ']', '{', '}', '\'', '"', ' '];

    private readonly IReadOnlyList<FeatureColumn> _columns;
    private readonly int _listParts;

    private PlanColumns(IEnumerable<string> columns, ImportPlan plan)
    {
        _columns = [.. columns.Select(c => new FeatureColumn(c, FeatureName(c, plan), plan.Numeric.Contains(c), plan.Lists.GetValueOrDefault(c)))];
        _listParts = plan.ListParts;
    }

    /// <summary>True if no column becomes a feature.</summary>
    public bool IsEmpty => _columns.Count == 0;

    /// <summary>Chooses all columns of a file except the id and the ignored ones. Without a file, there are none.</summary>
    /// <exception cref="DatasetException">The file is missing or has no header.</exception>
    public static PlanColumns OfFile(PlanFile? file, string idColumn, ImportPlan plan)
    {
        if (file is null)
        {
            return new([], plan);
        }

        using DataTable table = DataTable.Open(file.Path, PlanFormat.Of(file, plan));
        return new(table.Header.Where(c => c != idColumn && !plan.Ignored.Contains(c)), plan);
    }

    /// <summary>Chooses columns by name.</summary>
    public static PlanColumns Choose(IEnumerable<string> columns, ImportPlan plan) => new(columns, plan);

    /// <summary>The feature name of a column: in lower case, with underscores for everything but letters and digits.</summary>
    public static string FeatureName(string column) =>
        string.Concat(column.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    /// <summary>The categorical features.</summary>
    public IEnumerable<CategoricalFeature> Categorical(int dimension) =>
        _columns.Where(c => !c.IsNumeric).Select(c => new CategoricalFeature(c.Name, dimension));

    /// <summary>The numeric features.</summary>
    public IEnumerable<NumericFeature> Numeric(FeatureSource source) =>
        _columns.Where(c => c.IsNumeric).Select(c => new NumericFeature(c.Name, source));

    /// <summary>Reads the features of a table's rows, by feature name. Missing values are left out.</summary>
    /// <exception cref="DatasetException">A column is missing, or a value breaks a rule, such as a number that is not finite.</exception>
    public Func<IReadOnlyDictionary<string, string>> Reader(DataTable table)
    {
        (int Index, FeatureColumn Column)[] columns = [.. _columns.Select(c => (table.Column(c.Column), c))];
        return columns.Length == 0 ? () => EmptyFeatures.Instance : Read;

        IReadOnlyDictionary<string, string> Read()
        {
            var features = new Dictionary<string, string>(columns.Length);
            foreach ((int index, FeatureColumn column) in columns)
            {
                string value = column.IsNumeric ? table.Number(index) : column.Separator is { } separator ? List(table, index, separator) : table.Feature(index);
                if (value.Length > 0)
                {
                    features[column.Name] = value;
                }
            }

            return features;
        }
    }

    private static string FeatureName(string column, ImportPlan plan) => plan.Names.TryGetValue(column, out string? name) ? name : FeatureName(column);

    /// <summary>The first parts of a list as one value, as many as a value has room for.</summary>
    private string List(DataTable table, int column, string separator)
    {
        string[] parts = [.. table[column].Split(separator).Select(p => p.Trim(Brackets)).Where(p => p.Length > 0).Distinct().Take(_listParts)];
        int count = parts.Length;
        while (count > 1 && Joined(count).Length > InputLimits.FeatureLength)
        {
            count--;
        }

        return table.Feature(column, Joined(count));

        string Joined(int length) => string.Join(ListSeparator, parts.Take(length));
    }

    private sealed record FeatureColumn(string Column, string Name, bool IsNumeric, string? Separator);
}
