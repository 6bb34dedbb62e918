using System.Diagnostics.CodeAnalysis;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels;

/// <summary>A version in the form that hand-written kernels score. There is one form for each model that has kernels.</summary>
/// <param name="Layout">The widths of the vectors that the model scores.</param>
/// <param name="Parameters">The trained values by name.</param>
public abstract record FusedForm(ScoreLayout Layout, IReadOnlyDictionary<string, ParameterValue> Parameters)
{
    /// <summary>True if the model weighs behaviours by candidate.</summary>
    public abstract bool HasAttention { get; }

    /// <summary>What the names of each sequence's parameters end in: empty for the main sequence, <c>_name</c> for another.</summary>
    public IReadOnlyList<string> Suffixes => ["", .. Layout.Sequences.Select(s => $"_{s}")];

    /// <summary>Reads the form of a version.</summary>
    /// <param name="artifact">The version.</param>
    /// <param name="form">The form.</param>
    /// <param name="reason">A sentence that says why the version has no such form.</param>
    /// <returns>True if the version has such a form.</returns>
    /// <exception cref="ArtifactException">The parameters cannot be read.</exception>
    public static bool TryRead(Artifact artifact, [NotNullWhen(true)] out FusedForm? form, [NotNullWhen(false)] out string? reason)
    {
        form = null;
        IRankingModel model = RankingModels.Create(artifact.Manifest.Model, artifact.Layout, artifact.Manifest.Options.GetRawText());
        reason = Unknown(model);
        if (reason is not null)
        {
            return false;
        }

        IReadOnlyDictionary<string, ParameterValue> parameters = artifact.ReadParameters();
        if (InitialParameters.Draw(model, seed: 0).FirstOrDefault(p => parameters.GetValueOrDefault(p.Key)?.Shape.SequenceEqual(p.Value.Shape) != true).Key is { } missing)
        {
            reason = $"The version's parameter {missing} is missing or has another shape than its options say.";
            return false;
        }

        form = Create(model, artifact.Layout, parameters);
        return true;
    }

    /// <summary>Makes the form of a model.</summary>
    /// <param name="model">A model of which kernels know every option.</param>
    /// <param name="layout">The widths of the vectors that the model scores.</param>
    /// <param name="parameters">The trained values by name.</param>
    /// <exception cref="ArgumentException">No kernel scores the model.</exception>
    public static FusedForm Create(IRankingModel model, ScoreLayout layout, IReadOnlyDictionary<string, ParameterValue> parameters) => model switch
    {
        _ when Unknown(model) is { } reason => throw new ArgumentException(reason, nameof(model)),
        Din din => new FusedDinForm(layout, din.Options, parameters),
        BaseModel pooled => new FusedBaseForm(layout, pooled.Options, parameters),
        TwoTower towers => new FusedTowerForm(layout, towers.Options, parameters),
        _ => throw new ArgumentException($"{model.Name} has no fused form.", nameof(model)),
    };

    /// <summary>The values of a parameter.</summary>
    /// <param name="name">The name of the parameter.</param>
    /// <returns>Empty if the model has no such parameter.</returns>
    public float[] Values(string name) => Parameters.GetValueOrDefault(name)?.Data ?? [];

    /// <summary>Says what of a model no kernel knows. Null if a kernel scores it.</summary>
    private static string? Unknown(IRankingModel model) => model switch
    {
        Din din => FusedDinForm.Unknown(din.Options) ?? UnknownTop(din.Options),
        BaseModel pooled => UnknownTop(pooled.Options),
        TwoTower => null,
        _ => $"The model is {model.Name}, and the fused kernels score {Din.Name}, {BaseModel.Name} and {TwoTower.Name} only.",
    };

    private static string? UnknownTop(TopNetworkOptions options) => options.MultiTask == MultiTask.SharedBottom
        ? null
        : $"The option multiTask is {Spelled(options.MultiTask)}, and the fused kernels have a shared bottom only.";

    /// <summary>Spells a value of an option as its JSON does.</summary>
    private protected static string Spelled<T>(T value)
        where T : struct, Enum
    {
        string name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
