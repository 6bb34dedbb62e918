using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>Makes the parameters that a model starts with, without a tensor library: to export an untrained model of the right size.</summary>
public static class InitialParameters
{
    /// <summary>Draws every parameter of a model, and the moving statistics that it starts with.</summary>
    /// <param name="model">The model.</param>
    /// <param name="seed">Decides the random values: the same seed draws the same ones.</param>
    /// <returns>The values by name.</returns>
    public static IReadOnlyDictionary<string, ParameterValue> Draw(IRankingModel model, int seed)
    {
        var ops = new InitialisingOps(seed);
        model.Score(ops, new ScoreInputs<Nothing>(default, default, default, default, default, default, default));
        return ops.Parameters;
    }

    /// <summary>A tensor without content: only the parameters are of interest.</summary>
    private readonly record struct Nothing;

    private sealed class InitialisingOps(int seed) : ITensorOps<Nothing>
    {
        private readonly Random _random = new(seed);

        public Dictionary<string, ParameterValue> Parameters { get; } = [];

        public Nothing Parameter(string name, ReadOnlySpan<int> shape, Initializer initializer)
        {
            if (!Parameters.ContainsKey(name))
            {
                int length = 1;
                foreach (int axis in shape)
                {
                    length *= axis;
                }

                float[] data = new float[length];
                for (int i = 0; i < data.Length; i++)
                {
                    data[i] = initializer.Draw(_random);
                }

                Parameters.Add(name, new(shape.ToArray(), data));
            }

            return default;
        }

        public Nothing Standardise(string name, Nothing x, int channels, float epsilon, Func<Nothing> mask)
        {
            Parameters[MovingStatistics.Mean(name)] = new([channels], new float[channels]);
            Parameters[MovingStatistics.Variance(name)] = new([channels], [.. Enumerable.Repeat(1f, channels)]);
            return default;
        }

        public Nothing Constant(float value) => default;

        public Nothing MatMul(Nothing left, Nothing right) => default;

        public Nothing Linear(Nothing x, Nothing weight, Nothing bias) => default;

        public Nothing PairLinear(Nothing rows, Nothing columns, Nothing rowTerm, Nothing columnWeight, Nothing productWeight) => default;

        public Nothing Add(Nothing left, Nothing right) => default;

        public Nothing Sub(Nothing left, Nothing right) => default;

        public Nothing Mul(Nothing left, Nothing right) => default;

        public Nothing Div(Nothing left, Nothing right) => default;

        public Nothing Concat(ReadOnlySpan<Nothing> parts) => default;

        public Nothing Sigmoid(Nothing x) => default;

        public Nothing Tanh(Nothing x) => default;

        public Nothing Relu(Nothing x) => default;

        public Nothing Sqrt(Nothing x) => default;

        public Nothing Softplus(Nothing x) => default;

        public Nothing ZerosLike(Nothing x) => default;

        public Nothing PRelu(Nothing x, Nothing slope) => default;

        public Nothing Softmax(Nothing x) => default;

        public Nothing Sum(Nothing x, int axis, bool keepAxis) => default;

        public Nothing Unsqueeze(Nothing x, int axis) => default;

        public Nothing CumulativeSum(Nothing x) => default;

        public Nothing Squeeze(Nothing x, int axis) => default;

        public Nothing SplitLast(Nothing x, int length) => default;

        public Nothing MergeLast(Nothing x) => default;

        public Nothing Slice(Nothing x, int axis, int start, int end) => default;

        public Nothing Scan(Nothing initial, ReadOnlySpan<Nothing> sequences, Func<Nothing, Nothing[], Nothing> step, bool everyState) =>
            step(initial, sequences.ToArray());

        public Nothing TransposeLast(Nothing x) => default;

        public Nothing Dropout(Nothing x, float rate) => default;
    }
}
