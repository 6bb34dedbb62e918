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

    /// <summary>Whether to add a learned bias an item; a search by vectors then has to add it too.</summary>
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
    /// <summary>⟨user, item⟩ / τ + a bias of the task. Each task has a user vector of its own, and all share the item's.</summary>
    /// <param name="ops">The backend.</param>
    /// <param name="layout">Widths.</param>
    /// <param name="inputs">The candidates.</param>
    /// <param name="user">What the user tower sees, [R, 1, …] each.</param>
    /// <param name="options">Of both towers.</param>
    /// <returns>[R, N, K] logits.</returns>
    public static T Logits<T>(ITensorOps<T> ops, ScoreLayout layout, ScoreInputs<T> inputs, IReadOnlyList<Part<T>> user, TowerOptions options)
    {
        int width = options.OutputWidth;
        T users = Tower(ops, "user", user, layout.TaskCount * width, options, () => ops.Constant(1));
        T items = Tower(ops, "item", [new("candidate", inputs.Candidates, layout.ItemWidth)], width, options, () => inputs.CandidateMask);
        T userOfTask = ops.SplitLast(ops.Squeeze(users, 1), width);
        if (options.Normalise)
        {
            userOfTask = Similarity.Unit(ops, userOfTask);
            items = Similarity.Unit(ops, items);
        }

        T product = ops.Div(ops.MatMul(items, ops.TransposeLast(userOfTask)), ops.Constant(options.Temperature));
        T logits = ops.Add(product, ops.Parameter("bias", [layout.TaskCount], Initializer.Zeros));
        return options.UseBias ? ops.Add(logits, inputs.CandidateBias) : logits;
    }

    private static T Tower<T>(ITensorOps<T> ops, string name, IReadOnlyList<Part<T>> parts, int width, TowerOptions options, Func<T> mask)
    {
        T x = Layers.Perceptron(ops, name, parts, options.TowerUnits, options.Activation, options.Dropout, mask);
        return Layers.Linear(ops, $"{name}/vector", x, options.TowerUnits[^1], width);
    }
}
