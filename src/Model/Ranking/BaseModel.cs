using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="BaseModel"/>.</summary>
public sealed record BaseModelOptions : TopNetworkOptions
{
    /// <summary>How the vectors of the history become one vector.</summary>
    public Pooling Pooling { get; init; } = Pooling.Average;

    /// <summary>
    /// True if the top network also sees u⊙v, as in the other models. False is the paper's form, MLP([u, v, profile, context]).
    /// </summary>
    public bool Product { get; init; } = true;

    /// <summary>True if the numbers of candidates, profile and context also enter as powers. The schema must have a number.</summary>
    public bool Powers { get; init; }

    private protected override void CheckOwn(Problems problems, ScoreLayout layout) => problems.Require(
        !Powers || layout.ItemNumbers + layout.ProfileNumbers + layout.ContextNumbers > 0, "powers needs a number of items, users or contexts in the schema");
}

/// <summary>
/// Embedding &amp; MLP: MLP([u, v, u⊙v, profile, context]) of the pooled behaviours u and the candidate v (Zhou et al., KDD 2018, section 4.2).
/// Every behaviour counts alike, whatever the candidate.
/// </summary>
/// <remarks>
/// With average pooling, "powers" on and "product" off, the input is that of the ranking network of Covington et al. (RecSys 2016, section 4.1):
/// the mean embedding of what was watched, and numbers with their powers. Other inputs of the paper, such as the time since the user last
/// watched the channel, are numeric features here, which the caller computes. The paper's loss, weighted by watch time, is not implemented.
/// </remarks>
public sealed class BaseModel(ScoreLayout layout, BaseModelOptions options) : IRankingModel
{
    public const string Name = "base";

    /// <inheritdoc/>
    string IRankingModel.Name => Name;

    /// <inheritdoc/>
    public string OutputBias => TopNetwork.OutputBias(Options);

    /// <summary>The options.</summary>
    public BaseModelOptions Options { get; } = options;

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        var scoring = new Scoring<T>(ops, layout, inputs);
        T[] interests = [.. scoring.Histories.Select(h => h.Pool(Options.Pooling))];
        List<Part<T>> parts = scoring.AllFeatures(interests, products: Options.Product);
        parts.AddRange(Options.Powers ? scoring.NumberPowers() : []);
        return new(scoring.TopLogits(parts, Options));
    }
}
