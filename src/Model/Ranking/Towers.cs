using System.Text.Json.Serialization;
using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of a model of towers.</summary>
public abstract record TowerOptions : IModelOptions
{
    /// <summary>The largest width of a vector.</summary>
    private const int MaxOutputWidth = 512;

    /// <summary>The units of the hidden layers of the user and item towers: 1 to 8 layers of 1 to 4,096 units.</summary>
    public IReadOnlyList<int> TowerUnits { get; init; } = [80, 40];

    /// <summary>The width of the vectors that the towers compute, 1 to 512.</summary>
    public int OutputWidth { get; init; } = 32;

    /// <summary>The activation function between layers.</summary>
    public Activation Activation { get; init; } = Activation.Dice;

    /// <summary>The dropout rate of the towers, 0 to below 1.</summary>
    public float Dropout { get; init; }

    /// <summary>True to make unit vectors, so that their product is a cosine.</summary>
    [JsonPropertyName("normalise")]
    public bool UnitVectors { get; init; } = true;

    /// <summary>τ, by which the product is divided, 0.01 to 100.</summary>
    public float Temperature { get; init; } = 0.1f;

    /// <summary>True to add the item bias, one learned number per item. It is then the last float of the item's vector.</summary>
    public bool UseBias { get; init; }

    /// <summary>The hidden layers of each tower.</summary>
    internal HiddenLayers Hidden => new(TowerUnits, Activation, Dropout);

    void IModelOptions.Check(Problems problems, ScoreLayout layout)
    {
        problems.RequireUnits("towerUnits", TowerUnits);
        problems.RequireWidth("outputWidth", OutputWidth, MaxOutputWidth);
        problems.RequireRate("dropout", Dropout);
        problems.Require(Temperature is >= 0.01f and <= 100, "temperature must be 0.01 to 100");
        CheckOwn(problems, layout);
    }

    /// <summary>Collects the broken rules of a model's own options.</summary>
    private protected virtual void CheckOwn(Problems problems, ScoreLayout layout)
    {
    }
}

/// <summary>The constants of tower models.</summary>
internal static class Towers
{
    /// <summary>The name of the parameter that is added to every logit of a task.</summary>
    public const string OutputBias = "bias";

    /// <summary>w, the width of a vector: with an item bias, it has one more float for it.</summary>
    public static int Width(TowerOptions options) => options.OutputWidth + (options.UseBias ? 1 : 0);
}

/// <summary>
/// The user tower and the item tower, each of which sees nothing of the other's input (Covington et al., RecSys 2016; Yi et al., RecSys 2019).
/// </summary>
/// <param name="ops">The backend.</param>
/// <param name="layout">The widths of the vectors that are scored.</param>
/// <param name="options">The form of both towers.</param>
internal sealed class Towers<T>(ITensorOps<T> ops, ScoreLayout layout, TowerOptions options)
{
    /// <summary>⟨user, item⟩ + a bias of the task. Each task has its own user vector, and all tasks share the item's.</summary>
    /// <param name="users">[R, K, w].</param>
    /// <param name="items">[R, N, w], or [1, N, w] if all rankings have the same candidates.</param>
    /// <returns>[R, N, K] logits.</returns>
    public T Logits(T users, T items) =>
        ops.Add(ops.MatMul(items, ops.TransposeLast(users)), ops.Parameter(Towers.OutputBias, [layout.TaskCount], Initializer.Zeros));

    /// <summary>The users' vectors, divided by τ. With an item bias, their last float is 1.</summary>
    /// <param name="parts">The inputs of the user tower, [R, 1, …] each.</param>
    /// <returns>[R, K, w].</returns>
    public T Users(IReadOnlyList<Part<T>> parts)
    {
        T users = Tower("user", parts, layout.TaskCount * options.OutputWidth, () => ops.Constant(1));
        T userOfTask = ops.SplitLast(ops.Squeeze(users, 1), options.OutputWidth);
        userOfTask = options.UnitVectors ? ops.UnitVectors(userOfTask) : userOfTask;
        T scaled = ops.Div(userOfTask, ops.Constant(options.Temperature));
        return options.UseBias ? ops.Concat([scaled, ops.Add(ops.ZerosLike(ops.Slice(scaled, -1, 0, 1)), ops.Constant(1))]) : scaled;
    }

    /// <summary>The items' vectors. With an item bias, it is their last float.</summary>
    /// <param name="candidates">[R, N, d].</param>
    /// <param name="bias">[R, N, 1].</param>
    /// <param name="mask">Makes [R, N], 1 for a candidate.</param>
    /// <returns>[R, N, w].</returns>
    public T Items(T candidates, T bias, Func<T> mask)
    {
        T items = Tower("item", [new("candidate", candidates, layout.ItemWidth)], options.OutputWidth, mask);
        items = options.UnitVectors ? ops.UnitVectors(items) : items;
        return options.UseBias ? ops.Concat([items, bias]) : items;
    }

    private T Tower(string name, IReadOnlyList<Part<T>> parts, int width, Func<T> mask)
    {
        T x = ops.Perceptron(name, parts, options.Hidden, mask);
        return ops.Linear($"{name}/vector", x, options.TowerUnits[^1], width);
    }
}
