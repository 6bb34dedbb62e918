using System.Globalization;

namespace DinOrleans.Standalone.Tests.Docs.Attention;

/// <summary>The mean weight of a behaviour by what it has in common with the candidate, relative to that of a behaviour if all were alike.</summary>
internal sealed class AttentionByMatch
{
    private const int Left = 220;
    private const int Bar = 26;
    private const int Longest = 380;

    private static readonly string[] Kinds = ["same category and shop", "same category, other shop", "other category, same shop", "neither"];

    private readonly double[] _sums = new double[Kinds.Length];
    private readonly long[] _pairs = new long[Kinds.Length];

    public void Add(AttentiveCandidate candidate)
    {
        foreach (Weighed weighed in candidate.Attention)
        {
            int kind = weighed.Item.IsAlike(candidate.Item) ? 0 : weighed.Item.Category == candidate.Item.Category ? 1 : weighed.Item.Shop == candidate.Item.Shop ? 2 : 3;
            _sums[kind] += weighed.Weight * candidate.Attention.Count;
            _pairs[kind]++;
        }
    }

    /// <summary>The means in the order of the picture.</summary>
    public IReadOnlyList<double> Means => [.. _sums.Zip(_pairs, (sum, pairs) => sum / pairs)];

    public string Draw()
    {
        double most = Means.Max();
        var picture = new SvgPicture("The mean relative attention weight by what a behaviour has in common with the candidate", 720, (Kinds.Length * Bar) + 24);
        foreach ((int i, string kind) in Kinds.Index())
        {
            double y = 10 + (i * Bar);
            picture.Text(Left - 8, y + 15, kind, "end");
            picture.Cell(Left, y, Math.Max(1, Means[i] / most * Longest), Bar - 6, 0.85, kind);
            picture.Text(Left + (Means[i] / most * Longest) + 8, y + 15, string.Create(CultureInfo.InvariantCulture, $"{Means[i]:0.00} ({_pairs[i]:N0} pairs)"));
        }

        return picture.ToString();
    }
}
