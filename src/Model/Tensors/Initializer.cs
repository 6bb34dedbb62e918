namespace DinOrleans.Model.Tensors;

/// <summary>The distribution of the initial values of a parameter.</summary>
public readonly record struct Initializer
{
    private Initializer(InitializerKind kind, float value)
    {
        Kind = kind;
        Value = value;
    }

    public InitializerKind Kind { get; }

    /// <summary>The constant, the standard deviation or the bound, depending on the kind.</summary>
    public float Value { get; }

    /// <summary>All zero.</summary>
    public static Initializer Zeros { get; } = new(InitializerKind.Constant, 0);

    /// <summary>All the same value.</summary>
    public static Initializer Constant(float value) => new(InitializerKind.Constant, value);

    /// <summary>Normal with mean 0.</summary>
    public static Initializer Normal(float standardDeviation) => new(InitializerKind.Normal, standardDeviation);

    /// <summary>Draws one value.</summary>
    public float Draw(Random random) => Kind switch
    {
        InitializerKind.Constant => Value,
        InitializerKind.Uniform => Value * ((2 * random.NextSingle()) - 1),
        InitializerKind.Normal => Value * Gaussian(random),
        _ => throw new InvalidOperationException($"Unknown initializer {Kind}."),
    };

    /// <summary>Uniform in ±√(6 / (fanIn + fanOut)) (Glorot and Bengio, 2010).</summary>
    public static Initializer Glorot(int fanIn, int fanOut) => new(InitializerKind.Uniform, MathF.Sqrt(6f / (fanIn + fanOut)));

    /// <summary>A standard normal number by the method of Box and Muller (1958).</summary>
    private static float Gaussian(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}

/// <summary>The distribution of an <see cref="Initializer"/>.</summary>
public enum InitializerKind
{
    Constant,
    Normal,
    Uniform,
}
