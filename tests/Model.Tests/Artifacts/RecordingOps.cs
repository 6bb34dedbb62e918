using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Tests.Artifacts;

/// <summary>Computes nothing; notes which parameters a model asks for, all zero.</summary>
internal sealed class RecordingOps : ITensorOps<int>
{
    public static ScoreInputs<int> Inputs { get; } = new(0, 0, 0, 0, 0, 0, 0);

    public Dictionary<string, ParameterValue> Parameters { get; } = [];

    public int Parameter(string name, ReadOnlySpan<int> shape, Initializer initializer)
    {
        int length = 1;
        foreach (int axis in shape)
        {
            length *= axis;
        }

        Parameters[name] = new(shape.ToArray(), new float[length]);
        return 0;
    }

    public int Standardise(string name, int x, int channels, Func<int> mask)
    {
        Parameters[MovingStatistics.Mean(name)] = new([channels], new float[channels]);
        Parameters[MovingStatistics.Variance(name)] = new([channels], [.. Enumerable.Repeat(1f, channels)]);
        return 0;
    }

    public int Constant(float value) => 0;

    public int MatMul(int left, int right) => 0;

    public int Add(int left, int right) => 0;

    public int Sub(int left, int right) => 0;

    public int Mul(int left, int right) => 0;

    public int Div(int left, int right) => 0;

    public int Concat(ReadOnlySpan<int> parts) => 0;

    public int Sigmoid(int x) => 0;

    public int Tanh(int x) => 0;

    public int Relu(int x) => 0;

    public int PRelu(int x, int slope) => 0;

    public int Softmax(int x) => 0;

    public int Sum(int x, int axis, bool keepAxis) => 0;

    public int Unsqueeze(int x, int axis) => 0;

    public int Squeeze(int x, int axis) => 0;

    public int TransposeLast(int x) => 0;

    public int Dropout(int x, float rate) => 0;
}
