using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="BaseModel"/>.</summary>
public sealed record BaseModelOptions : TopNetworkOptions
{
    /// <summary>How the history becomes one vector.</summary>
    public Pooling Pooling { get; init; } = Pooling.Average;
}

/// <summary>
/// Embedding &amp; MLP: the pooled behaviours, the candidate and the rest into an MLP (Zhou et al., KDD 2018, section 4.2; by
/// averages the ranking network of Covington et al., RecSys 2016). Every behaviour counts alike, whatever the candidate.
/// </summary>
public sealed class BaseModel(ScoreLayout layout, BaseModelOptions options) : IRankingModel
{
    public const string Name = "base";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        T interest = History.Pool(ops, inputs, options.Pooling);
        Part<T>[] others = [.. Sequences.PartsAndProducts(ops, layout, inputs, Sequences.Pooled(ops, layout, inputs, options.Pooling))];
        return new(TopNetwork.Logits(ops, layout, inputs, interest, options, others), default, HasAttention: false);
    }
}
