using DinOrleans.Training.Datasets;

namespace DinOrleans.Training.Samples;

/// <summary>A user's last item with the items that it is ranked against.</summary>
/// <param name="User">User id.</param>
/// <param name="Positive">The last item.</param>
/// <param name="Negative">Drawn uniformly.</param>
/// <param name="PopularNegative">Drawn by popularity.</param>
public sealed record Pair(string User, string Positive, string Negative, string PopularNegative);

/// <summary>Reads pairs to evaluate with: <c>user,positive,negative,popular_negative</c>.</summary>
public static class PairsFile
{
    /// <exception cref="DatasetException">A column or a value is missing.</exception>
    public static IReadOnlyList<Pair> Read(string path)
    {
        using CsvTable table = CsvTable.Open(path);
        int user = table.Require("user"), positive = table.Require("positive");
        int negative = table.Require("negative"), popular = table.Require("popular_negative");
        List<Pair> pairs = [];
        while (table.Read())
        {
            pairs.Add(new(table.Id(user), table.Id(positive), table.Id(negative), table.Id(popular)));
        }

        return pairs;
    }
}
