namespace DinOrleans.Kernels.Processors;

/// <summary>Buffers of one run; they grow to the largest request met and then stay.</summary>
internal sealed class FusedScratch
{
    /// <summary>[N, d] candidates, rows up to whole tiles.</summary>
    public float[] Candidates = [];

    /// <summary>[H, d] behaviours in rows of whole tiles.</summary>
    public float[] Behaviours = [];

    /// <summary>[H, units] what each behaviour adds alone.</summary>
    public float[] BehaviourTerms = [];

    /// <summary>[d, units] of the behaviour at hand.</summary>
    public float[] PairWeight = [];

    /// <summary>[N, H] weights.</summary>
    public float[] Attention = [];

    /// <summary>[N, d] interests.</summary>
    public float[] Interest = [];

    /// <summary>[N, inputs] what goes into the top network.</summary>
    public float[] Top = [];

    /// <summary>The first top layer's bias, with what profile and context add.</summary>
    public float[] TopBias = [];

    /// <summary>Of layers that follow each other.</summary>
    public float[] First = [];

    /// <summary>Of layers that follow each other.</summary>
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
