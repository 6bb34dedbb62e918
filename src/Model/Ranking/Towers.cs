using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of a model of towers.</summary>
public abstract record TowerOptions : IModelOptions
{
    /// <summary>Units of the hidden layers of the user and item towers, 1 to 8 of 1 to 4,096.</summary>
    public IReadOnlyList<int> TowerUnits { get; init; } = [80, 40];

    /// <summary>Width of the vectors that the towers end in, 1 to 512.</summary>
    public int OutputWidth { get; init; } = 32;

    /// <summary>Activation between layers.</summary>
    public Activation Activation { get; init; } = Activation.Dice;

    /// <summary>0 to below 1.</summary>
    public float Dropout { get; init; }

    /// <summary>Whether the vectors have length 1, so that their product is a cosine.</summary>
    public bool Normalise { get; init; } = true;

    /// <summary>τ, what the product is divided by; 0.01 to 100.</summary>
    public float Temperature { get; init; } = 0.1f;

    /// <summary>Whether to add a learned bias an item; it is then the last float of the item's vector.</summary>
    public bool UseBias { get; init; }

    void IModelOptions.Check(OptionRules rules, ScoreLayout layout)
    {
        rules.Units("towerUnits", TowerUnits);
        rules.Width("outputWidth", OutputWidth, 512);
        rules.Dropout("dropout", Dropout);
        rules.Require(Temperature is >= 0.01f and <= 100, "temperature must be 0.01 to 100");
        CheckOwn(rules, layout);
    }

    /// <summary>Collects the broken rules of a model's own options.</summary>
    private protected virtual void CheckOwn(OptionRules rules, ScoreLayout layout)
    {
    }
}

/// <summary>A user's and an item's vector, each made without the other (Covington et al., RecSys 2016; Yi et al., RecSys 2019).</summary>
internal static class Towers
{
    /// <summary>The parameter that is added to every logit of a task.</summary>
    public const string OutputBias = "bias";

    /// <summary>Floats of a vector: with an item bias, one more for it.</summary>
    public static int Width(TowerOptions options) => options.OutputWidth + (options.UseBias ? 1 : 0);

    /// <summary>⟨user, item⟩ + a bias of the task. Each task has a user vector of its own, and all share the item's.</summary>
    /// <param name="ops">The backend.</param>
    /// <param name="tasks">K.</param>
    /// <param name="users">[R, K, w].</param>
    /// <param name="items">[R, N, w], or [1, N, w] where all rankings have the same candidates.</param>
    /// <returns>[R, N, K] logits.</returns>
    public static T Logits<T>(ITensorOps<T> ops, int tasks, T users, T items) =>
        ops.Add(ops.MatMul(items, ops.TransposeLast(users)), ops.Parameter(OutputBias, [tasks], Initializer.Zeros));

    /// <summary>The users' vectors over τ; with an item bias, 1 at their end.</summary>
    /// <param name="ops">The backend.</param>
    /// <param name="tasks">K.</param>
    /// <param name="parts">What the user tower sees, [R, 1, …] each.</param>
    /// <param name="options">Of both towers.</param>
    /// <returns>[R, K, w].</returns>
    public static T Users<T>(ITensorOps<T> ops, int tasks, IReadOnlyList<Part<T>> parts, TowerOptions options)
    {
        T users = Tower(ops, "user", parts, tasks * options.OutputWidth, options, () => ops.Constant(1));
        T userOfTask = ops.SplitLast(ops.Squeeze(users, 1), options.OutputWidth);
        userOfTask = options.Normalise ? Similarity.Unit(ops, userOfTask) : userOfTask;
        T scaled = ops.Div(userOfTask, ops.Constant(options.Temperature));
        return options.UseBias ? ops.Concat([scaled, ops.Add(ops.ZerosLike(ops.Slice(scaled, -1, 0, 1)), ops.Constant(1))]) : scaled;
    }

    /// <summary>The items' vectors; with an item bias, it at their end.</summary>
    /// <param name="ops">The backend.</param>
    /// <param name="itemWidth">d.</param>
    /// <param name="candidates">[R, N, d].</param>
    /// <param name="bias">[R, N, 1].</param>
    /// <param name="mask">Makes [R, N], 1 for a candidate.</param>
    /// <param name="options">Of both towers.</param>
    /// <returns>[R, N, w].</returns>
    public static T Items<T>(ITensorOps<T> ops, int itemWidth, T candidates, T bias, Func<T> mask, TowerOptions options)
    {
        T items = Tower(ops, "item", [new("candidate", candidates, itemWidth)], options.OutputWidth, options, mask);
        items = options.Normalise ? Similarity.Unit(ops, items) : items;
        return options.UseBias ? ops.Concat([items, bias]) : items;
    }

    private static T Tower<T>(ITensorOps<T> ops, string name, IReadOnlyList<Part<T>> parts, int width, TowerOptions options, Func<T> mask)
    {
        T x = Layers.Perceptron(ops, name, parts, options.TowerUnits, options.Activation, options.Dropout, mask);
        return Layers.Linear(ops, $"{name}/vector", x, options.TowerUnits[^1], width);
    }
}
