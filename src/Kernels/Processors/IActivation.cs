using System.Runtime.CompilerServices;

namespace DinOrleans.Kernels.Processors;

/// <summary>An activation function of every lane.</summary>
/// <typeparam name="TVector">A vector of floats.</typeparam>
internal interface IActivation<TVector>
    where TVector : struct
{
    /// <summary>Applies the function to one vector of channels.</summary>
    /// <param name="x">The values.</param>
    /// <param name="scale">Dice's −log₂e/√(Var + ε).</param>
    /// <param name="shift">Dice's log₂e·E/√(Var + ε).</param>
    /// <param name="slope">PReLU's slope, or Dice's α.</param>
    static abstract TVector Apply(TVector x, TVector scale, TVector shift, TVector slope);
}

/// <summary>σ(x).</summary>
internal readonly struct SigmoidFunction<TLanes, TVector> : IActivation<TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply(TVector x, TVector scale, TVector shift, TVector slope) =>
        VectorMath<TLanes, TVector>.Sigmoid(TLanes.Multiply(x, TLanes.Broadcast(-VectorMath<TLanes, TVector>.Log2E)));
}

/// <summary>max(x, 0).</summary>
internal readonly struct ReluFunction<TLanes, TVector> : IActivation<TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply(TVector x, TVector scale, TVector shift, TVector slope) => TLanes.Max(x, TLanes.Broadcast(0));
}

/// <summary>max(x, 0) + slope·min(x, 0).</summary>
internal readonly struct PReluFunction<TLanes, TVector> : IActivation<TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply(TVector x, TVector scale, TVector shift, TVector slope) =>
        TLanes.MultiplyAdd(slope, TLanes.Min(x, TLanes.Broadcast(0)), TLanes.Max(x, TLanes.Broadcast(0)));
}

/// <summary>(p·(1 − α) + α)·x with p = σ((x − E) / √(Var + ε)) (Zhou et al., KDD 2018, eq. 5).</summary>
internal readonly struct DiceFunction<TLanes, TVector> : IActivation<TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply(TVector x, TVector scale, TVector shift, TVector slope)
    {
        TVector p = VectorMath<TLanes, TVector>.Sigmoid(TLanes.MultiplyAdd(x, scale, shift));
        return TLanes.Multiply(TLanes.MultiplyAdd(p, TLanes.Subtract(TLanes.Broadcast(1), slope), slope), x);
    }
}
