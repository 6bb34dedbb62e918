using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Parity.Tests;

/// <summary>What formulas are made of, in scalars, over trained values and one candidate of one ranking.</summary>
internal sealed class PlainFormulas(
    IReadOnlyDictionary<string, ParameterValue> values, ScoreLayout layout, RandomInputs inputs, int ranking, int candidate)
{
    public double[] Candidate => Vector(inputs.CandidateVectors, (ranking * RandomInputs.Candidates) + candidate, layout.ItemWidth);

    public double[] Profile => Vector(inputs.Profile, ranking, layout.ProfileWidth);

    public double[] Context => Vector(inputs.Context, ranking, layout.ContextWidth);

    public double Bias => inputs.Bias[(ranking * RandomInputs.Candidates) + candidate];

    public double[] HistorySum()
    {
        double[] sum = new double[layout.ItemWidth];
        for (int h = 0; h < RandomInputs.History; h++)
        {
            int at = (ranking * RandomInputs.History) + h;
            double[] behaviour = Vector(inputs.Behaviours, at, layout.ItemWidth);
            sum = [.. sum.Zip(behaviour, (s, e) => s + (inputs.Mask[at] * e))];
        }

        return sum;
    }

    public double[] HistoryMean()
    {
        int length = Enumerable.Range(0, RandomInputs.History).Count(h => inputs.Mask[(ranking * RandomInputs.History) + h] == 1);
        return [.. HistorySum().Select(x => length == 0 ? 0 : x / length)];
    }

    /// <summary>[history, candidate, profile, context] with their weights' names.</summary>
    public (string Name, double[] Vector)[] Parts(double[] history) =>
        [("interest", history), ("candidate", Candidate), ("profile", Profile), ("context", Context)];

    /// <summary>Σ part·W + b.</summary>
    public double[] Linear(string name, params (string Name, double[] Vector)[] parts)
    {
        double[] sum = [.. values[$"{name}/bias"].Data.Select(x => (double)x)];
        foreach ((string part, double[] vector) in parts.Where(p => p.Vector.Length > 0))
        {
            sum = [.. sum.Zip(Times($"{name}/{part}/weight", vector), (s, x) => s + x)];
        }

        return sum;
    }

    /// <summary>One hidden layer of ReLU and the logits.</summary>
    public double[] Top(params (string Name, double[] Vector)[] parts) => Layer("top/logit", Relu(Linear("top/0", parts)));

    /// <summary>One hidden layer of ReLU and the tower's vector.</summary>
    public double[] Tower(string name, params (string Name, double[] Vector)[] parts) => Layer($"{name}/vector", Relu(Linear($"{name}/0", parts)));

    /// <summary>x·w_k + b_k of one task's tower.</summary>
    public double Tower(string name, int task, double[] x) =>
        Dot([.. values[$"{name}/weight"].Data[(task * x.Length)..][..x.Length].Select(w => (double)w)], x) + values[$"{name}/bias"].Data[task];

    /// <summary>x·W + b.</summary>
    public double[] Layer(string name, double[] x) => [.. Times($"{name}/weight", x).Zip(values[$"{name}/bias"].Data, (y, b) => y + b)];

    /// <summary>γ·(x − mean) / √(variance + ε) + β.</summary>
    public double[] BatchNorm(string name, double[] x) =>
    [
        .. x.Select((e, unit) =>
            (values[$"{name}/gamma"].Data[unit] * (e - values[$"{name}/norm/moving_mean"].Data[unit])
                / Math.Sqrt(values[$"{name}/norm/moving_variance"].Data[unit] + MovingStatistics.BatchNormEpsilon))
            + values[$"{name}/beta"].Data[unit]),
    ];

    /// <summary>Fields of one width: history's, profile's, context's and candidate's.</summary>
    public double[][] Fields(int width) =>
    [
        .. Cut("item", HistoryMean(), layout.ItemFields, width),
        .. Cut("profile", Profile, layout.ProfileFields, width),
        .. Cut("context", Context, layout.ContextFields, width),
        .. Cut("item", Candidate, layout.ItemFields, width),
    ];

    public double[] Times(string weight, double[] x)
    {
        ParameterValue value = values[weight];
        int columns = value.Shape[1];
        return [.. Enumerable.Range(0, columns).Select(c => x.Select((e, row) => e * value.Data[(row * columns) + c]).Sum())];
    }

    public static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();

    public static double[] Product(double[] left, double[] right) => [.. left.Zip(right, (a, b) => a * b)];

    public static double[] Relu(double[] x) => [.. x.Select(e => Math.Max(0, e))];

    /// <summary>p, p² and √p of each number's logistic place p.</summary>
    public static double[] Powers(double[] numbers)
    {
        double[] places = [.. numbers.Select(z => 1 / (1 + Math.Exp(-1.702 * z)))];
        return [.. places, .. places.Select(p => p * p), .. places.Select(Math.Sqrt)];
    }

    /// <summary>x / ‖x‖; zero stays zero.</summary>
    public static double[] Unit(double[] x) => x.All(e => e == 0) ? x : [.. x.Select(e => e / Math.Sqrt(Dot(x, x)))];

    /// <summary>Each pair of different elements once.</summary>
    public static IEnumerable<(double[] Left, double[] Right)> Pairs(double[][] fields) =>
        from i in Enumerable.Range(0, fields.Length) from k in Enumerable.Range(0, i) select (fields[k], fields[i]);

    private static double[] Vector(float[] all, int index, int width) => [.. all[(index * width)..][..width].Select(x => (double)x)];

    private IEnumerable<double[]> Cut(string name, double[] vector, IReadOnlyList<int> fields, int width)
    {
        int start = 0;
        for (int i = 0; i < fields.Count; i++)
        {
            double[] field = vector[start..(start + fields[i])];
            yield return fields[i] == width ? field : Times($"field/{name}/{i}/weight", field);
            start += fields[i];
        }
    }
}
