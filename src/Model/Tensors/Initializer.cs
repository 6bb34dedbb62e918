namespace DinOrleans.Model.Tensors;

/// <summary>How a parameter starts.</summary>
public readonly record struct Initializer
{
    private Initializer(InitializerKind kind, float value)
    {
        Kind = kind;
        Value = value;
    }

    public InitializerKind Kind { get; }

    /// <summary>The constant, the standard deviation or the bound, by kind.</summary>
    public float Value { get; }

    /// <summary>All zero.</summary>
    public static Initializer Zeros { get; } = new(InitializerKind.Constant, 0);

    /// <summary>All the same value.</summary>
    public static Initializer Constant(float value) => new(InitializerKind.Constant, value);

    /// <summary>Normal with mean 0.</summary>
    public static Initializer Normal(float standardDeviation) => new(InitializerKind.Normal, standardDeviation);

    /// <summary>Uniform in ±√(6 / (fanIn + fanOut)) (Glorot and Bengio, 2010).</summary>
    public static Initializer Glorot(int fanIn, int fanOut) => new(InitializerKind.Uniform, MathF.Sqrt(6f / (fanIn + fanOut)));
}

/// <summary>The distribution of an <see cref="Initializer"/>.</summary>
public enum InitializerKind
{
    Constant,
    Normal,
    Uniform,
}
