using System.Runtime.InteropServices;

namespace DinOrleans.Kernels.Cuda;

/// <summary>The structure <c>Top</c> of <c>din.cu</c>: where the layers of the top network lie, in floats.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DinTop
{
    /// <summary>Hidden layers and the last one: MAX_LAYERS.</summary>
    private const int MaxLayers = 9;

    private int _layers;
    private int _profileWidth;
    private int _profileWeight;
    private int _contextWidth;
    private int _contextWeight;
    private int _widest;
    private fixed int _layer[3 * MaxLayers];

    /// <summary>Adds a layer.</summary>
    /// <param name="weight">The place at which its weight begins.</param>
    /// <param name="inputs">Rows of its weight.</param>
    /// <param name="units">Columns of its weight.</param>
    public void Add(int weight, int inputs, int units)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(_layers, MaxLayers);
        _layer[3 * _layers] = weight;
        _layer[(3 * _layers) + 1] = inputs;
        _layer[(3 * _layers) + 2] = units;
        _layers++;
    }

    /// <summary>Says where the weights of what a request's candidates share begin.</summary>
    /// <param name="profileWidth">p.</param>
    /// <param name="profileWeight">The place at which the weight of the profile begins.</param>
    /// <param name="contextWidth">c.</param>
    /// <param name="contextWeight">The place at which the weight of the context begins.</param>
    /// <param name="widest">Units of the widest hidden layer.</param>
    public void SetRequestParts(int profileWidth, int profileWeight, int contextWidth, int contextWeight, int widest)
    {
        _profileWidth = profileWidth;
        _profileWeight = profileWeight;
        _contextWidth = contextWidth;
        _contextWeight = contextWeight;
        _widest = widest;
    }
}
