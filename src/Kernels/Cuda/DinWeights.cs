using DinOrleans.Model.Ranking;

namespace DinOrleans.Kernels.Cuda;

/// <summary>A version's weights in the order in which <c>din.cu</c> reads them.</summary>
/// <param name="form">The form of the version.</param>
/// <param name="sizes">The sizes that the kernels are compiled for.</param>
internal sealed class DinWeights(FusedDinForm form, DinSizes sizes)
{
    private const string First = "attention/0";
    private const string Second = "attention/1";
    private const string Output = "attention/weight";

    /// <summary>The longest history whose ages have a term.</summary>
    public const int MaxAges = 1_000;

    /// <summary>What a behaviour adds to the first layer, [d, WIDTH1]: W₁ + W₃.</summary>
    public float[] Behaviour() => Padded(WithDifference("behaviour", 1), sizes.First, sizes.PaddedFirst);

    /// <summary>What a candidate adds to the first layer, [d, WIDTH1]: W₂ − W₃.</summary>
    public float[] Candidate() => Padded(WithDifference("candidate", -1), sizes.First, sizes.PaddedFirst);

    /// <summary>The first layer's bias, [WIDTH1].</summary>
    public float[] Bias() => Padded(form.Values($"{First}/bias"), sizes.First, sizes.PaddedFirst);

    /// <summary>What the first layer adds by the number of behaviours that came after one, [<see cref="MaxAges"/>, WIDTH1]; empty if it does not see recency.</summary>
    public float[] ByAge()
    {
        float[] weight = form.Values($"{First}/recency/weight");
        if (weight.Length == 0)
        {
            return [];
        }

        float[] terms = new float[MaxAges * sizes.PaddedFirst];
        Span<float> recency = stackalloc float[Recency.Width];
        for (int age = 0; age < MaxAges; age++)
        {
            Recency.Encode(age, recency);
            for (int unit = 0; unit < sizes.First; unit++)
            {
                float term = 0;
                for (int i = 0; i < recency.Length; i++)
                {
                    term += recency[i] * weight[(i * sizes.First) + unit];
                }

                terms[(age * sizes.PaddedFirst) + unit] = term;
            }
        }

        return terms;
    }

    /// <summary>The first layer's weight of e⊙v, [d, units].</summary>
    public float[] Product() => form.Values($"{First}/product/weight");

    /// <summary>The second layer's weight, [units of the first, units of the second].</summary>
    public float[] Hidden() => form.Values($"{Second}/weight");

    /// <summary>Scale, shift and alpha of the first layer, [3, WIDTH1].</summary>
    public float[] FirstActivation() => Padded(Activation(First, sizes.First), sizes.First, sizes.PaddedFirst);

    /// <summary>Bias, scale, shift and alpha of the second layer, and the weight of the output, [5, WIDTH2].</summary>
    public float[] SecondLayer() => Padded(
        [.. form.Values($"{Second}/bias"), .. Activation(Second, sizes.Second), .. form.Values($"{Output}/weight")], sizes.Second, sizes.PaddedSecond);

    /// <summary>The bias of the activation unit's output.</summary>
    public float OutputBias() => form.Values($"{Output}/bias")[0];

    /// <summary>The top network's layers one after the other, and where each begins.</summary>
    public (float[] Parameters, DinTop Top) Top()
    {
        List<float> parameters = [];
        var top = new DinTop();
        IReadOnlyList<int> units = form.Options.TopUnits;
        for (int i = 0; i < units.Count; i++)
        {
            float[] weight = i == 0 ? form.TopWeight() : form.Values($"top/{i}/weight");
            top.Add(parameters.Count, weight.Length / units[i], units[i]);
            parameters.AddRange([.. weight, .. form.Values($"top/{i}/bias"), .. Activation($"top/{i}", units[i])]);
        }

        top.Add(parameters.Count, units[^1], form.Layout.TaskCount);
        parameters.AddRange([.. form.Values("top/logit/weight"), .. form.Values("top/logit/bias")]);
        top.SetRequestParts(form.Layout.ProfileWidth, parameters.Count, form.Layout.ContextWidth, parameters.Count + form.TopPart("profile").Length, units.Max());
        parameters.AddRange([.. form.TopPart("profile"), .. form.TopPart("context")]);
        return ([.. parameters], top);
    }

    private float[] WithDifference(string part, float sign)
    {
        float[] weight = [.. form.Values($"{First}/{part}/weight")];
        float[] difference = form.Values($"{First}/difference/weight");
        for (int i = 0; i < difference.Length; i++)
        {
            weight[i] += sign * difference[i];
        }

        return weight;
    }

    /// <returns>Scale, shift and alpha, [3, units].</returns>
    private float[] Activation(string layer, int units)
    {
        ActivationValues values = ActivationValues.Read(form.Parameters, layer, form.Options.Activation, units);
        return [.. values.Scale, .. values.Shift, .. values.Slope];
    }

    private static float[] Padded(float[] rows, int width, int padded)
    {
        float[] wide = new float[rows.Length / width * padded];
        for (int row = 0; row < rows.Length / width; row++)
        {
            rows.AsSpan(row * width, width).CopyTo(wide.AsSpan(row * padded));
        }

        return wide;
    }
}
