using DinOrleans.Contracts.Users;

namespace DinOrleans.Datasets.Import.AlibabaAds;

/// <summary>Reads <c>user_profile.csv</c>: the profiles. All their columns are codes, also the ages.</summary>
internal static class ProfileRows
{
    private const string User = "userid";

    /// <summary>The profile features.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "cms_segid", "cms_group_id", "final_gender_code", "age_level", "pvalue_level", "shopping_level", "occupation", "new_user_class_level",
    ];

    /// <summary>Writes every profile.</summary>
    /// <exception cref="DatasetException">A row breaks a rule.</exception>
    public static void Write(string path, SourceOptions source, DatasetWriter writer, CancellationToken cancellationToken)
    {
        using DataTable table = DataTable.Open(path, source.Apply(CsvFormat.Rfc4180));
        int user = table.Column(User);

        // The published file has a space after its last column's name.
        (string Name, int Column)[] columns = [.. Columns.Select(name => (name, table.OptionalColumn(name + " ") ?? table.Column(name)))];
        var seen = new UniqueKeys();
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string id = table.Id(user);
            if (!seen.Add(id))
            {
                throw table.Error(user, "must be unique in the file");
            }

            writer.Write(id, new UserProfile(table.Features(columns)));
        }
    }
}
