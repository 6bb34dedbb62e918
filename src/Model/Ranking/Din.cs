using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="Din"/>.</summary>
public sealed record DinOptions : TopNetworkOptions, IModelOptions, IActivationUnitOptions
{
    /// <summary>The widest item vector that <see cref="Interaction.Outer"/> takes. Its weights grow with the square of the width.</summary>
    public const int MaxOuterWidth = 128;

    /// <summary>What weighs a behaviour.</summary>
    public AttentionKind Attention { get; init; } = AttentionKind.Unit;

    /// <summary>What the activation unit sees besides behaviour and candidate. Other kinds of attention allow only the default.</summary>
    public Interaction Interaction { get; init; } = Interaction.Both;

    /// <summary>The units of the activation unit's hidden layers: 1 to 8 layers of 1 to 4,096 units.</summary>
    public IReadOnlyList<int> AttentionUnits { get; init; } = [80, 40];

    /// <summary>
    /// True if the activation unit sees how many behaviours came after each. What a user did last often says more, and the paper's unit does
    /// not see it. Null means true if there is an activation unit with <see cref="Softmax"/>, so that <c>"softmax": false</c> is the paper's form.
    /// </summary>
    public bool? Recency { get; init; }

    /// <summary>
    /// True if the top network also sees Σ_j a(e_j, v), the intensity of interest alone. In u(v) it is mixed with what the behaviours are.
    /// </summary>
    public bool Intensity { get; init; }

    /// <summary>
    /// True to make the weights sum to one. The paper does not, to keep the intensity of interest, but on every dataset measured
    /// (docs/quality.md) such weights rank better. Null means true with an activation unit, unless <see cref="Intensity"/> asks for their sum.
    /// </summary>
    public bool? Softmax { get; init; }

    /// <inheritdoc/>
    bool IActivationUnitOptions.Recency => Complete().Recency!.Value;

    /// <summary>These options with what null stands for filled in.</summary>
    public DinOptions Complete()
    {
        bool softmax = Softmax ?? (Attention == AttentionKind.Unit && !Intensity);
        return this with { Softmax = softmax, Recency = Recency ?? (softmax && Attention == AttentionKind.Unit) };
    }

    /// <inheritdoc/>
    object IModelOptions.Complete() => Complete();

    private protected override void CheckOwn(Problems problems, ScoreLayout layout)
    {
        problems.RequireUnits("attentionUnits", AttentionUnits);
        problems.Require(Attention == AttentionKind.Unit || Interaction == Interaction.Both, "interaction is an option of attention \"unit\" only");
        problems.Require(Attention == AttentionKind.Unit || Recency != true, "recency is an option of attention \"unit\" only");
        problems.Require(Softmax != true || !Intensity, "intensity means nothing with softmax, where it is always 1");
        problems.Require(
            Interaction != Interaction.Outer || layout.ItemWidth <= MaxOuterWidth,
            $"interaction \"outer\" takes item vectors of up to {MaxOuterWidth} floats, and these have {layout.ItemWidth}");
    }
}

/// <summary>
/// Deep Interest Network (Zhou et al., KDD 2018): u(v) = Σ_j a(e_j, v)·e_j, so that the interest vector changes with the
/// candidate.
/// </summary>
public sealed class Din(ScoreLayout layout, DinOptions options) : IRankingModel
{
    public const string Name = "din";

    /// <inheritdoc/>
    string IRankingModel.Name => Name;

    /// <inheritdoc/>
    public string OutputBias => TopNetwork.OutputBias(Options);

    /// <summary>The complete options.</summary>
    public DinOptions Options { get; } = options.Complete();

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        // a(e, v) of each behaviour sequence, and u(v) = Σ_j a(e_j, v)·e_j.
        var scoring = new Scoring<T>(ops, layout, inputs);
        T[] attention = [.. scoring.Histories.Select(Attention)];
        T[] interests = [.. attention.Select(a => ops.MatMul(a, inputs.Behaviours))];
        Part<T>[] intensities = Options.Intensity ? [.. scoring.Histories.Zip(attention, (history, a) => history.Intensity(a))] : [];
        List<Part<T>> parts =
        [
            .. scoring.MainFeatures(interests[0], products: true),
            .. intensities.Take(1),
            .. scoring.OtherInterests(interests, products: true),
            .. intensities.Skip(1),
        ];

        // A behaviour belongs to one sequence, and every other sequence weighs it by 0: the sum is the weight that each behaviour has.
        return new(scoring.TopLogits(parts, Options), attention.Aggregate(ops.Add), HasAttention: true);
    }

    /// <returns>[R, N, H], 0 for what is not in the history.</returns>
    private T Attention<T>(History<T> history)
    {
        string name = $"attention{history.Suffix}";
        T weights = Options.Attention == AttentionKind.Unit
            ? history.ActivationWeights(name, Options)
            : history.Similarities(name, Options.Attention);
        return Options.Softmax == true ? history.Softmax(weights) : history.Only(weights);
    }
}
