using DinOrleans.Model.Ranking;
using TorchSharp;

namespace DinOrleans.Parity.Tests;

/// <summary>Random rankings with padded and empty histories, and padded candidates.</summary>
internal sealed class RandomInputs
{
    public const int Rankings = 5;
    public const int History = 7;
    public const int Candidates = 4;
    private static readonly int[] Lengths = [7, 0, 1, 4, 6];
    private static readonly int[] CandidateCounts = [4, 4, 1, 3, 2];

    public RandomInputs(ScoreLayout layout, int seed)
    {
        var random = new Random(seed);
        int d = layout.ItemWidth;
        Behaviours = Fill(random, Rankings * History * d);
        CandidateVectors = Fill(random, Rankings * Candidates * d);
        Bias = Fill(random, Rankings * Candidates);
        Profile = Fill(random, Rankings * layout.ProfileWidth);
        Context = Fill(random, Rankings * layout.ContextWidth);
        Negatives = Fill(random, Rankings * History * d);
        Positions = [.. Enumerable.Range(0, Rankings * Candidates).Select(_ => random.Next(-1, Candidates))];
        Labels = [.. Fill(random, Rankings * Candidates * layout.TaskCount).Select(x => x > 0 ? 1f : 0f)];
        Mask = new float[Rankings * History];
        CandidateMask = new float[Rankings * Candidates];
        SequenceMask = new float[Rankings * History * layout.Sequences.Count];
        for (int r = 0; r < Rankings; r++)
        {
            Array.Fill(Mask, 1f, r * History, Lengths[r]);
            Split(r, layout.Sequences.Count);
            Array.Fill(CandidateMask, 1f, r * Candidates, CandidateCounts[r]);
        }
    }

    public float[] Behaviours { get; }

    public float[] Mask { get; }

    /// <summary>[R, H, S].</summary>
    public float[] SequenceMask { get; }

    public float[] CandidateVectors { get; }

    public float[] CandidateMask { get; }

    public float[] Bias { get; }

    public float[] Profile { get; }

    public float[] Context { get; }

    /// <summary>[R, N], from 0; −1 for none.</summary>
    public int[] Positions { get; }

    public float[] Labels { get; }

    public float[] Negatives { get; }

    /// <param name="layout">The widths of the vectors.</param>
    /// <param name="training">True to add the inputs that only training has.</param>
    /// <param name="positions">The number of positions that training distinguishes; 0 for none.</param>
    public ScoreInputs<torch.Tensor> ToTorch(ScoreLayout layout, bool training = false, int positions = 0) => new(
        torch.tensor(Behaviours, [Rankings, History, layout.ItemWidth]),
        torch.tensor(Mask, [Rankings, History]),
        torch.tensor(CandidateVectors, [Rankings, Candidates, layout.ItemWidth]),
        torch.tensor(CandidateMask, [Rankings, Candidates]),
        torch.tensor(Bias, [Rankings, Candidates, 1]),
        torch.tensor(Profile, [Rankings, layout.ProfileWidth]),
        torch.tensor(Context, [Rankings, layout.ContextWidth]),
        training ? new(torch.tensor(Negatives, [Rankings, History, layout.ItemWidth])) : null,
        torch.tensor(SequenceMask, [Rankings, History, layout.Sequences.Count]),
        training && positions > 0 ? new(torch.tensor(OneHot(positions), [Rankings, Candidates, positions - 1])) : null);

    /// <summary>The same rankings, with other values in the padding.</summary>
    public RandomInputs WithOtherPadding(ScoreLayout layout)
    {
        var other = new RandomInputs(layout, seed: 1234);
        int sequences = layout.Sequences.Count;
        float[] any = [.. Mask.Select((m, i) => m + SequenceMask.AsSpan(i * sequences, sequences).ToArray().Sum())];
        Replace(Behaviours, other.Behaviours, any, layout.ItemWidth);
        Replace(CandidateVectors, other.CandidateVectors, CandidateMask, layout.ItemWidth);
        return this;
    }

    private float[] OneHot(int positions)
    {
        float[] oneHot = new float[Positions.Length * (positions - 1)];
        Model.Ranking.Positions.Fill(Positions, positions, oneHot);
        return oneHot;
    }

    /// <summary>Deals a ranking's behaviours to the sequences: the first third stays, and the rest is of the others.</summary>
    private void Split(int r, int sequences)
    {
        for (int h = (Lengths[r] + 2) / 3; sequences > 0 && h < Lengths[r]; h++)
        {
            int s = Math.Min(sequences - 1, (h - ((Lengths[r] + 2) / 3)) / 2);
            Mask[(r * History) + h] = 0;
            SequenceMask[(((r * History) + h) * sequences) + s] = 1;
        }
    }

    private static void Replace(float[] values, float[] others, float[] mask, int width)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = mask[i / width] == 0 ? others[i] : values[i];
        }
    }

    private static float[] Fill(Random random, int count)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (2 * random.NextSingle()) - 1;
        }

        return values;
    }
}
