using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="BaseModel"/>.</summary>
public sealed record BaseModelOptions : TopNetworkOptions
{
    /// <summary>How the history becomes one vector.</summary>
    public Pooling Pooling { get; init; } = Pooling.Average;

    /// <summary>
    /// Whether the top network also sees u⊙v, as the other models' does. The papers' has MLP([u, v, x]) only: off makes it so.
    /// </summary>
    public bool Product { get; init; } = true;

    /// <summary>Whether numbers of candidates, profile and context also enter as powers; needs one in the schema.</summary>
    public bool Powers { get; init; }

    private protected override void CheckOwn(Problems problems, ScoreLayout layout) => problems.Require(
        !Powers || layout.ItemNumbers + layout.ProfileNumbers + layout.ContextNumbers > 0, "powers needs a number of items, users or contexts in the schema");
}

/// <summary>
/// Embedding &amp; MLP: MLP([u, v, u⊙v, profile, context]) of the pooled behaviours u and the candidate v (Zhou et al., KDD 2018, section 4.2). Every
/// behaviour counts alike, whatever the candidate.
/// </summary>
/// <remarks>
/// By averages, with the options "powers" on and "product" off, its input is that of the ranking network of Covington et al. (RecSys 2016, section 4.1):
/// embeddings of what was watched averaged, and numbers with their powers. What the paper also feeds, such as the time since the user last watched
/// of this channel, is a numeric feature of the context or of items here, and made by whoever sends it. Its loss, weighted by the time watched, is not here.
/// </remarks>
public sealed class BaseModel(ScoreLayout layout, BaseModelOptions options) : IRankingModel
{
    public const string Name = "base";

    /// <inheritdoc/>
    string IRankingModel.Name => Name;

    /// <inheritdoc/>
    public string OutputBias => TopNetwork.OutputBias(options);

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        var scoring = new Scoring<T>(ops, layout, inputs);
        T[] interests = [.. scoring.Histories.Select(h => h.Pool(options.Pooling))];
        List<Part<T>> parts = scoring.AllFeatures(interests, products: options.Product);
        parts.AddRange(options.Powers ? scoring.NumberPowers() : []);
        return new(scoring.TopLogits(parts, options));
    }
}
