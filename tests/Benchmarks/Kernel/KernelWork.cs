using DinOrleans.Model.Ranking;

namespace DinOrleans.Benchmarks.Kernel;

/// <summary>The multiply-adds of DIN with the factorised activation unit, as ONNX Runtime and the fused kernels compute them.</summary>
internal static class KernelWork
{
    /// <summary>The floating-point operations of the matrix products of one ranking; a multiply-add counts as two. Activations do not count.</summary>
    /// <param name="layout">The widths of the vectors.</param>
    /// <param name="options">The model's options, with products of behaviour and candidate in the activation unit.</param>
    /// <param name="shape">The size of the ranking.</param>
    public static double Operations(ScoreLayout layout, DinOptions options, RankShape shape)
    {
        double d = layout.ItemWidth;
        double behaviour = d * options.AttentionUnits[0];
        double pair = Network(d, options.AttentionUnits, 1) + d;
        double candidate = Network(3 * d, options.TopUnits, layout.TaskCount);
        return 2 * ((shape.History * behaviour) + (shape.Pairs * pair) + (shape.Candidates * candidate));
    }

    private static double Network(double inputs, IReadOnlyList<int> units, int outputs)
    {
        double sum = inputs * units[0];
        for (int i = 1; i < units.Count; i++)
        {
            sum += (double)units[i - 1] * units[i];
        }

        return sum + (units[^1] * outputs);
    }
}
