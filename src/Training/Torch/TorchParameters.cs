using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using DinOrleans.Model.Tensors;
using DinOrleans.Training.Torch.NativeLibraries;
using static TorchSharp.torch;

namespace DinOrleans.Training.Torch;

/// <summary>The trainable tensors and moving statistics of a model by name, made when the model first asks for them.</summary>
/// <remarks>They outlive every dispose scope, until this is disposed. It must be used on one thread at a time.</remarks>
public sealed class TorchParameters : IDisposable
{
    private readonly int _seed;
    private readonly Dictionary<string, Tensor> _trainable = [];
    private readonly Dictionary<string, MovingMoments> _moments = [];

    /// <param name="seed">Decides the initial values together with the name of a parameter. The order of creation has no influence.</param>
    public TorchParameters(int seed)
    {
        TorchRuntime.EnsureLoaded();
        _seed = seed;
    }

    /// <summary>The trainable tensors by name. They are leaves of autograd, contiguous and float32.</summary>
    public IReadOnlyDictionary<string, Tensor> Trainable => _trainable;

    /// <summary>The moving statistics by the name of their layer.</summary>
    internal IReadOnlyDictionary<string, MovingMoments> Moving => _moments;

    /// <summary>The number of tensors that are held.</summary>
    public int TensorCount => _trainable.Count + (2 * _moments.Count);

    /// <summary>Gets a trainable tensor. If there is none of this name, it is made.</summary>
    /// <exception cref="InvalidOperationException">The tensor has another shape.</exception>
    public Tensor Get(string name, ReadOnlySpan<int> shape, Initializer initializer)
    {
        if (!_trainable.TryGetValue(name, out Tensor? tensor))
        {
            tensor = _trainable[name] = Kept(shape, Initial(name, shape, initializer), requiresGrad: true);
        }

        RequireShape(name, tensor, shape);
        return tensor;
    }

    /// <summary>Copies all values. Moving statistics have their <see cref="MovingStatistics"/> names.</summary>
    public IReadOnlyDictionary<string, ParameterValue> Export()
    {
        var values = _trainable.ToDictionary(p => p.Key, p => Value(p.Value));
        foreach ((string name, MovingMoments moments) in _moments)
        {
            values.Add(MovingStatistics.Mean(name), Value(moments.Mean));
            values.Add(MovingStatistics.Variance(name), Value(moments.Variance));
        }

        return values;
    }

    /// <summary>Sets values that <see cref="Export"/> returned. Tensors that exist keep their identity.</summary>
    /// <exception cref="InvalidOperationException">A value has another shape than its tensor, or a moving mean has no moving variance.</exception>
    public void Import(IReadOnlyDictionary<string, ParameterValue> values)
    {
        foreach ((string name, ParameterValue value) in values)
        {
            if (_trainable.TryGetValue(name, out Tensor? tensor))
            {
                RequireShape(name, tensor, value.Shape);
            }
        }

        string meanSuffix = MovingStatistics.Mean("");
        string varianceSuffix = MovingStatistics.Variance("");
        foreach ((string name, ParameterValue value) in values)
        {
            if (name.EndsWith(meanSuffix, StringComparison.Ordinal))
            {
                string owner = name[..^meanSuffix.Length];
                ParameterValue variance = values.GetValueOrDefault(MovingStatistics.Variance(owner))
                    ?? throw new InvalidOperationException($"There is a moving mean but no moving variance of {owner}.");
                MovingMoments moments = Moments(owner, value.Data.Length);
                value.Data.CopyTo(Floats(moments.Mean));
                variance.Data.CopyTo(Floats(moments.Variance));
            }
            else if (!name.EndsWith(varianceSuffix, StringComparison.Ordinal))
            {
                if (!_trainable.TryGetValue(name, out Tensor? tensor))
                {
                    tensor = _trainable[name] = Kept(value.Shape, value.Data, requiresGrad: true);
                }

                value.Data.CopyTo(Floats(tensor));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in _trainable.Values)
        {
            tensor.grad?.Dispose();
            tensor.Dispose();
        }

        foreach (MovingMoments moments in _moments.Values)
        {
            moments.Dispose();
        }

        _trainable.Clear();
        _moments.Clear();
    }

    /// <summary>The values of a contiguous float32 tensor, in place.</summary>
    internal static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>Gets the moving mean and variance of a standardised layer. If there are none, they are made as 0 and 1.</summary>
    internal MovingMoments Moments(string name, int channels)
    {
        if (!_moments.TryGetValue(name, out MovingMoments? moments))
        {
            float[] ones = new float[channels];
            Array.Fill(ones, 1f);
            moments = _moments[name] = new(Kept([channels], new float[channels], false), Kept([channels], ones, false));
        }

        RequireShape(name, moments.Mean, [channels]);
        return moments;
    }

    /// <summary>Moves all moving statistics towards those of the step.</summary>
    internal void SettleMoments()
    {
        foreach (MovingMoments moments in _moments.Values)
        {
            moments.Settle();
        }
    }

    private static Tensor Kept(ReadOnlySpan<int> shape, float[] data, bool requiresGrad)
    {
        long[] sizes = new long[shape.Length];
        for (int i = 0; i < shape.Length; i++)
        {
            sizes[i] = shape[i];
        }

        return tensor(data, sizes, requires_grad: requiresGrad).DetachFromDisposeScope();
    }

    private static ParameterValue Value(Tensor tensor) => new([.. tensor.shape.Select(n => (int)n)], Floats(tensor).ToArray());

    private static void RequireShape(string name, Tensor tensor, ReadOnlySpan<int> shape)
    {
        bool same = tensor.dim() == shape.Length;
        for (int i = 0; same && i < shape.Length; i++)
        {
            same = tensor.size(i) == shape[i];
        }

        if (!same)
        {
            throw new InvalidOperationException(
                $"Parameter {name} has shape [{string.Join(", ", tensor.shape)}], not [{string.Join(", ", shape.ToArray())}].");
        }
    }

    private float[] Initial(string name, ReadOnlySpan<int> shape, Initializer initializer)
    {
        int count = 1;
        foreach (int length in shape)
        {
            count *= length;
        }

        var random = new Random((int)XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(name), _seed));
        float[] values = new float[count];
        switch (initializer.Kind)
        {
            case InitializerKind.Constant:
                Array.Fill(values, initializer.Value);
                break;
            case InitializerKind.Uniform:
                Distributions.FillUniform(random, initializer.Value, values);
                break;
            case InitializerKind.Normal:
                Distributions.FillNormal(random, initializer.Value, values);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(initializer), initializer.Kind, "Unknown distribution.");
        }

        return values;
    }
}
