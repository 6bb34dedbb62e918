using DinOrleans.Contracts.Items;

namespace DinOrleans.Datasets.Import.AlibabaAds;

/// <summary>Reads <c>ad_feature.csv</c>: the ads, which are the items.</summary>
internal static class AdRows
{
    public const string Ad = "adgroup_id";
    public const string Category = "cate_id";
    public const string Brand = "brand";
    public const string Price = "price";

    /// <summary>The text for a missing value, besides an empty field.</summary>
    public const string Missing = "NULL";

    /// <summary>The categorical features.</summary>
    public static readonly IReadOnlyList<string> Categorical = [Category, "campaign_id", "customer", Brand];

    /// <summary>Writes every ad.</summary>
    /// <exception cref="DatasetException">A row breaks a rule.</exception>
    public static void Write(string path, SourceOptions source, DatasetWriter writer, CancellationToken cancellationToken)
    {
        using DataTable table = DataTable.Open(path, source.Apply(CsvFormat.Rfc4180));
        int ad = table.Column(Ad);
        int price = table.Column(Price);
        (string Name, int Column)[] columns = [.. Categorical.Append(Price).Select(name => (name, table.Column(name)))];
        var seen = new UniqueKeys();
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string id = table.Id(ad);
            if (!seen.Add(id))
            {
                throw table.Error(ad, "must be unique in the file");
            }

            Dictionary<string, string> features = table.Features(columns);
            if (features.ContainsKey(Price))
            {
                table.Number(price);
            }

            writer.Write(new Item(id, features));
        }
    }

    /// <summary>The values of the current row that are not missing.</summary>
    public static Dictionary<string, string> Features(this DataTable table, (string Name, int Column)[] columns)
    {
        var features = new Dictionary<string, string>(columns.Length);
        foreach ((string name, int column) in columns)
        {
            if (table[column] is { Length: > 0 } and not Missing)
            {
                features.Add(name, table.Feature(column));
            }
        }

        return features;
    }
}
