namespace DinOrleans.Datasets;

/// <summary>A user's last item with one uniform and one popular negative.</summary>
/// <param name="User">The user id.</param>
/// <param name="Positive">The item id of the user's last positive.</param>
/// <param name="Negative">The id of an item that was drawn uniformly.</param>
/// <param name="PopularNegative">The id of an item that was drawn by popularity.</param>
public sealed record RankingPair(string User, string Positive, string Negative, string PopularNegative);

/// <summary>Reads pairs: a CSV file with the columns <c>user,positive,negative,popular_negative</c>.</summary>
public static class PairsFile
{
    private static readonly string[] Columns = ["user", "positive", "negative", "popular_negative"];

    /// <summary>Reads all pairs.</summary>
    /// <exception cref="DatasetException">The file is missing or empty, or a row breaks a rule.</exception>
    public static IReadOnlyList<RankingPair> Read(string path)
    {
        using DataTable table = DataTable.Open(path);
        int[] columns = Array.ConvertAll(Columns, table.Column);
        table.RequireOnly(Columns);
        List<RankingPair> pairs = [];
        var users = new HashSet<string>(StringComparer.Ordinal);
        while (table.Read())
        {
            var pair = new RankingPair(table.Id(columns[0]), table.Id(columns[1]), table.Id(columns[2]), table.Id(columns[3]));
            if (!users.Add(pair.User))
            {
                throw table.Error(columns[0], "must be unique in the file");
            }

            for (int i = 2; i < columns.Length; i++)
            {
                if (table[columns[i]] == pair.Positive)
                {
                    throw table.Error(columns[i], "must not be the positive");
                }
            }

            pairs.Add(pair);
        }

        return pairs.Count > 0 ? pairs : throw table.RowError("must be a pair, but the file has none");
    }
}
