namespace DinOrleans.Training.Samples;

/// <summary>
/// R rankings of up to N candidates against up to H behaviours, as indexes of a <see cref="TrainingLog"/>. The buffers are reused: they
/// may be longer than stated, their contents past the stated sizes mean nothing, and the next batch overwrites them.
/// </summary>
public sealed class SampleBatch
{
    /// <summary>R.</summary>
    public int Rankings { get; private set; }

    /// <summary>H, at least 1: the longest history of the batch.</summary>
    public int HistoryLength { get; private set; }

    /// <summary>N: the most candidates of a ranking of the batch.</summary>
    public int CandidateCount { get; private set; }

    /// <summary>K.</summary>
    public int TaskCount { get; private set; }

    /// <summary>S, the sequences beside the main one.</summary>
    public int SequenceCount { get; private set; }

    /// <summary>
    /// [R × H] items, those of the main sequence before those of each other one, oldest first in each; −1 from the end of a shorter history on.
    /// </summary>
    public int[] Behaviours { get; private set; } = [];

    /// <summary>[R] lengths of the histories, all sequences together, 0 to H.</summary>
    public int[] Lengths { get; private set; } = [];

    /// <summary>[R × S] how many of those are of each sequence beside the main one.</summary>
    public int[] SequenceLengths { get; private set; } = [];

    /// <summary>[R × N] items; −1 from the end of a shorter ranking on.</summary>
    public int[] Candidates { get; private set; } = [];

    /// <summary>[R × N] position of each candidate among those shown, from 0; −1 where no impressions tell it, and for padding.</summary>
    public int[] Positions { get; private set; } = [];

    /// <summary>[R × N × K] 1 for a positive of the task, else 0; 0 for padding.</summary>
    public float[] Labels { get; private set; } = [];

    /// <summary>[R] users.</summary>
    public int[] Users { get; private set; } = [];

    /// <summary>[R] rows of <see cref="TrainingLog.Contexts"/>.</summary>
    public int[] Contexts { get; private set; } = [];

    /// <summary>Whether the candidates are positives with negatives drawn to them, rather than what was shown.</summary>
    public bool IsSampled { get; internal set; }

    /// <summary>Sets the sizes and fills the buffers with padding.</summary>
    internal void Reset(int rankings, int historyLength, int candidateCount, int taskCount, int sequenceCount)
    {
        Rankings = rankings;
        HistoryLength = Math.Max(1, historyLength);
        CandidateCount = candidateCount;
        TaskCount = taskCount;
        SequenceCount = sequenceCount;
        Behaviours = Padded(Behaviours, rankings * HistoryLength, -1);
        Candidates = Padded(Candidates, rankings * candidateCount, -1);
        Positions = Padded(Positions, rankings * candidateCount, -1);
        Labels = Padded(Labels, rankings * candidateCount * taskCount, 0f);
        Lengths = Padded(Lengths, rankings, 0);
        SequenceLengths = Padded(SequenceLengths, rankings * sequenceCount, 0);
        Users = Padded(Users, rankings, -1);
        Contexts = Padded(Contexts, rankings, -1);
    }

    private static T[] Padded<T>(T[] buffer, int length, T padding)
    {
        if (buffer.Length < length)
        {
            buffer = new T[length];
        }

        buffer.AsSpan(0, length).Fill(padding);
        return buffer;
    }
}
