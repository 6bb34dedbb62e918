namespace DinOrleans.Kernels.Processors;

/// <summary>The buffers of one run. They grow to the size of the largest request and are kept.</summary>
internal sealed class FusedScratch
{
    /// <summary>The candidates, [N, d], with rows up to whole tiles.</summary>
    public float[] Candidates = [];

    /// <summary>The behaviours, [H, d], in rows of whole tiles.</summary>
    public float[] Behaviours = [];

    /// <summary>The term of each behaviour alone, [H, units].</summary>
    public float[] BehaviourTerms = [];

    /// <summary>The weights for the current behaviour, [d, units].</summary>
    public float[] PairWeight = [];

    /// <summary>The attention weights, [N, H].</summary>
    public float[] Attention = [];

    /// <summary>The interest vectors, [N, d].</summary>
    public float[] Interest = [];

    /// <summary>The input of the top network, [N, inputs].</summary>
    public float[] Top = [];

    /// <summary>The bias of the first top layer, plus the terms of profile and context.</summary>
    public float[] TopBias = [];

    /// <summary>The output of every other layer.</summary>
    public float[] First = [];

    /// <summary>The output of the layers in between.</summary>
    public float[] Second = [];

    /// <summary>A buffer of at least a length.</summary>
    public static Span<float> Room(ref float[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new float[Math.Max(length, buffer.Length * 2)];
        }

        return buffer.AsSpan(0, length);
    }
}
