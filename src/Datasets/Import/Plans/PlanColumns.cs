using DinOrleans.Contracts;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets.Import.Plans;

/// <summary>The columns of a file that become features.</summary>
internal sealed class PlanColumns
{
    private readonly IReadOnlyList<FeatureColumn> _columns;

    private readonly string? _fileNote;

    private PlanColumns(IEnumerable<string> columns, ImportPlan plan, string? fileNote = null)
    {
        _columns =
        [
            .. from column in columns
               let name = FeatureName(column, plan)
               select new FeatureColumn(column, name, plan.Numeric.Contains(column), plan.Lists.ContainsKey(column) ? new(column, name, plan) : null),
        ];
        _fileNote = fileNote;
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
        return new(table.Header.Where(c => c != idColumn && !plan.Ignored.Contains(c)), plan, table.Note);
    }

    /// <summary>Chooses columns by name.</summary>
    public static PlanColumns Choose(IEnumerable<string> columns, ImportPlan plan) => new(columns, plan);

    /// <summary>The feature name of a column: in lower case, with underscores for everything but letters and digits.</summary>
    public static string FeatureName(string column) =>
        string.Concat(column.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    /// <summary>The categorical features.</summary>
    public IEnumerable<CategoricalFeature> Categorical(int dimension) =>
        _columns.Where(c => !c.IsNumeric).SelectMany(c => c.List?.Features ?? [c.Name]).Select(name => new CategoricalFeature(name, dimension));

    /// <summary>The numeric features.</summary>
    public IEnumerable<NumericFeature> Numeric(FeatureSource source) =>
        _columns.Where(c => c.IsNumeric).Select(c => new NumericFeature(c.Name, source));

    /// <summary>Sentences about columns that cannot be read, and about the lists that were read.</summary>
    public IEnumerable<string> Notes => _columns.Select(c => c.List?.Note).Prepend(_fileNote).OfType<string>();

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
                if (column.List is { } list)
                {
                    list.Read(table, index, features);
                }
                else if ((column.IsNumeric ? table.Number(index) : table.Feature(index)) is { Length: > 0 } value)
                {
                    features[column.Name] = value;
                }
            }

            return features;
        }
    }

    private static string FeatureName(string column, ImportPlan plan) => plan.Names.TryGetValue(column, out string? name) ? name : FeatureName(column);

    private sealed record FeatureColumn(string Column, string Name, bool IsNumeric, ListColumn? List);
}
