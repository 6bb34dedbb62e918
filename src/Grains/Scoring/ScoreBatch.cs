using DinOrleans.Model.Ranking;

namespace DinOrleans.Grains.Scoring;

/// <summary>
/// The buffers of one batch: R requests, padded to H behaviours and N candidates. A worker reuses its buffers, which grow to the size of the largest
/// batch and then stay.
/// </summary>
public sealed class ScoreBatch
{
    /// <summary>The index into <see cref="ScoringOptions.Devices"/> of the device that scores the batch.</summary>
    public int Device { get; init; }

    /// <summary>R, the number of requests.</summary>
    public int Requests { get; private set; }

    /// <summary>H, the number of behaviours of the longest history, at least 1.</summary>
    public int HistoryLength { get; private set; }

    /// <summary>N, the number of candidates of the longest request.</summary>
    public int CandidateCount { get; private set; }

    /// <summary>R·H·N, which counts padding.</summary>
    internal long PaddedPairs => (long)Requests * HistoryLength * CandidateCount;

    public ScoreLayout Layout { get; private set; } = new(0, 0, 0, 0);

    /// <summary>The number of behaviours of each request, [R].</summary>
    internal int[] HistoryLengths = [];

    /// <summary>The number of candidates of each request, [R].</summary>
    internal int[] CandidateCounts = [];

    /// <summary>The number of behaviours of each sequence besides the main one, [R, S].</summary>
    internal int[] SequenceLengths = [];

    internal float[] Behaviours = [];
    internal float[] Mask = [];
    internal float[] SequenceMask = [];
    internal float[] Candidates = [];
    internal float[] CandidateBias = [];
    internal float[] Profile = [];
    internal float[] Context = [];
    internal float[] Scores = [];
    internal float[] Attention = [];

    /// <summary>Packs requests of one model version.</summary>
    public void Pack(IReadOnlyList<ScoreRequest> requests, ScoreLayout layout)
    {
        Layout = layout;
        Requests = requests.Count;
        HistoryLength = 1;
        CandidateCount = 0;
        for (int r = 0; r < Requests; r++)
        {
            HistoryLength = Math.Max(HistoryLength, requests[r].HistoryLength);
            CandidateCount = Math.Max(CandidateCount, requests[r].CandidateCount);
        }

        int d = layout.ItemWidth;
        Grow(ref HistoryLengths, Requests);
        Grow(ref CandidateCounts, Requests);
        Grow(ref Behaviours, Requests * HistoryLength * d);
        Grow(ref Mask, Requests * HistoryLength);
        int sequences = layout.Sequences.Count;
        Grow(ref SequenceMask, Requests * HistoryLength * sequences);
        Grow(ref SequenceLengths, Requests * sequences);
        Grow(ref Candidates, Requests * CandidateCount * d);
        Grow(ref CandidateBias, Requests * CandidateCount);
        Grow(ref Profile, Requests * layout.ProfileWidth);
        Grow(ref Context, Requests * layout.ContextWidth);
        Grow(ref Scores, Requests * CandidateCount * layout.TaskCount);
        for (int r = 0; r < Requests; r++)
        {
            ScoreRequest request = requests[r];
            HistoryLengths[r] = request.HistoryLength;
            request.SequenceLengths.AsSpan(0, Math.Min(sequences, request.SequenceLengths.Length)).CopyTo(SequenceLengths.AsSpan(r * sequences, sequences));
            CandidateCounts[r] = request.CandidateCount;
            Row(request.Behaviours, Behaviours, r, HistoryLength * d);
            Row(request.Candidates, Candidates, r, CandidateCount * d);
            Row(request.CandidateBias, CandidateBias, r, CandidateCount);
            Row(request.Profile, Profile, r, layout.ProfileWidth);
            Row(request.Context, Context, r, layout.ContextWidth);
            SequenceMasks.Fill(
                request.HistoryLength,
                sequences == 0 ? [] : request.SequenceLengths,
                Mask.AsSpan(r * HistoryLength, HistoryLength),
                SequenceMask.AsSpan(r * HistoryLength * sequences, HistoryLength * sequences));
        }
    }

    /// <summary>Makes the block of attention weights large enough for the batch.</summary>
    public void PrepareAttention() => Grow(ref Attention, Requests * CandidateCount * HistoryLength);

    /// <summary>Copies the result of one request out of the batch.</summary>
    public ScoreResult Unpack(int index, ScoreRequest request, bool attention)
    {
        int tasks = Layout.TaskCount;
        var scores = Scores.AsSpan(index * CandidateCount * tasks, request.CandidateCount * tasks);
        return new ScoreResult
        {
            Scores = new FloatBlock(scores.ToArray()),
            Attention = attention && request.Explain ? UnpackAttention(index, request) : null,
        };
    }

    private static void Row(FloatBlock block, float[] buffer, int row, int width)
    {
        Span<float> target = buffer.AsSpan(row * width, width);
        block.Span.CopyTo(target);
        target[block.Length..].Clear();
    }

    private static void Grow<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[Math.Max(length, buffer.Length * 2)];
        }
    }

    private FloatBlock UnpackAttention(int index, ScoreRequest request)
    {
        float[] weights = new float[request.CandidateCount * request.HistoryLength];
        for (int n = 0; n < request.CandidateCount; n++)
        {
            Attention.AsSpan(((index * CandidateCount) + n) * HistoryLength, request.HistoryLength)
                .CopyTo(weights.AsSpan(n * request.HistoryLength));
        }

        return new FloatBlock(weights);
    }
}
