using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="BaseModel"/>.</summary>
public sealed record BaseModelOptions
{
    /// <summary>Units of the hidden layers, 1 to 8 of 1 to 4,096.</summary>
    public IReadOnlyList<int> TopUnits { get; init; } = [80, 40];

    /// <summary>Activation between layers.</summary>
    public Activation Activation { get; init; } = Activation.Dice;

    /// <summary>0 to below 1.</summary>
    public float Dropout { get; init; }

    /// <summary>Whether to add a learned bias an item.</summary>
    public bool UseBias { get; init; } = true;
}

/// <summary>
/// Embedding &amp; MLP: the mean of the behaviours, the candidate and the rest into an MLP (Zhou et al., KDD 2018, section 4.2).
/// Every behaviour counts alike, whatever the candidate.
/// </summary>
public sealed class BaseModel(ScoreLayout layout, BaseModelOptions options) : IRankingModel
{
    public const string Name = "base";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        T mask = ops.Unsqueeze(inputs.Mask, -1);
        T sum = ops.Sum(ops.Mul(inputs.Behaviours, mask), 1, keepAxis: true);
        T length = ops.Sum(mask, 1, keepAxis: true);

        // An empty history has length 0 and sum 0: the tiny constant makes its mean 0 and leaves every other as it is.
        T mean = ops.Div(sum, ops.Add(length, ops.Constant(1e-9f)));
        T logits = TopNetwork.Logits(ops, layout, inputs, mean, new(options.TopUnits, options.Activation, options.Dropout, options.UseBias));
        return new(logits, default, HasAttention: false);
    }
}
