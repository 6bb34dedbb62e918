using System.Diagnostics.CodeAnalysis;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels;

/// <summary>A version whose model has a form that hand-written kernels score: DIN with the activation unit.</summary>
public sealed record FusedDinForm
{
    /// <param name="layout">Widths of the vectors that the model scores.</param>
    /// <param name="options">The model's options.</param>
    /// <param name="parameters">The trained values, by name.</param>
    public FusedDinForm(ScoreLayout layout, DinOptions options, IReadOnlyDictionary<string, ParameterValue> parameters)
    {
        Layout = layout;
        Options = options;
        Parameters = options.BatchNorm ? FoldedBatchNorm.Fold(parameters, "top", options.TopUnits.Count) : parameters;
    }

    /// <summary>Widths of the vectors that the model scores.</summary>
    public ScoreLayout Layout { get; }

    /// <summary>The model's options.</summary>
    public DinOptions Options { get; }

    /// <summary>The trained values, by name. Batch normalisation is already part of the layer before it.</summary>
    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; }

    /// <summary>What the names of each sequence's parameters end in: empty for the main sequence, <c>_name</c> for another.</summary>
    public IReadOnlyList<string> Suffixes => ["", .. Layout.Sequences.Select(s => $"_{s}")];

    /// <summary>Reads the form of a version.</summary>
    /// <param name="artifact">The version.</param>
    /// <param name="form">The form.</param>
    /// <param name="reason">A sentence that says why the version has no such form.</param>
    /// <returns>True if the version has such a form.</returns>
    /// <exception cref="ArtifactException">The parameters cannot be read.</exception>
    public static bool TryRead(Artifact artifact, [NotNullWhen(true)] out FusedDinForm? form, [NotNullWhen(false)] out string? reason)
    {
        form = null;
        IRankingModel model = RankingModels.Create(artifact.Manifest.Model, artifact.Layout, artifact.Manifest.Options.GetRawText());
        if (model is not Din { Options: { } options })
        {
            reason = $"The model is {model.Name}, and the fused kernels score {Din.Name} only.";
            return false;
        }

        if (Unknown(options) is { } unknown)
        {
            reason = unknown;
            return false;
        }

        IReadOnlyDictionary<string, ParameterValue> parameters = artifact.ReadParameters();
        if (InitialParameters.Draw(model, seed: 0).FirstOrDefault(p => parameters.GetValueOrDefault(p.Key)?.Shape.SequenceEqual(p.Value.Shape) != true).Key is { } missing)
        {
            reason = $"The version's parameter {missing} is missing or has another shape than its options say.";
            return false;
        }

        form = new(artifact.Layout, options, parameters);
        reason = null;
        return true;
    }

    /// <summary>The values of a parameter.</summary>
    /// <param name="name">The name of the parameter.</param>
    /// <returns>Empty if the model has no such parameter.</returns>
    public float[] Values(string name) => Parameters.GetValueOrDefault(name)?.Data ?? [];

    /// <summary>The weight of the top network's first layer over [u, v, u⊙v, Σa] of the main sequence, as far as the model sees them.</summary>
    /// <returns>[inputs, units].</returns>
    public float[] TopWeight() => [.. TopPart("interest"), .. TopPart("candidate"), .. TopPart("product"), .. TopPart("intensity")];

    /// <summary>The weight of one part of the top network's input.</summary>
    /// <param name="part">The part's name, for example "profile".</param>
    /// <returns>[width of the part, units]; empty if the model does not see it.</returns>
    public float[] TopPart(string part) => Values($"top/0/{part}/weight");

    /// <summary>Says which option no kernel knows. Null if all are known.</summary>
    private static string? Unknown(DinOptions options) => options switch
    {
        { Attention: not AttentionKind.Unit } => $"The option attention is {Spelled(options.Attention)}, and the fused kernels weigh behaviours by the activation unit only.",
        { Interaction: Interaction.Outer } => "The option interaction is outer, and the fused kernels do not compute outer products.",
        { MultiTask: not MultiTask.SharedBottom } => $"The option multiTask is {Spelled(options.MultiTask)}, and the fused kernels have a shared bottom only.",
        _ => null,
    };

    private static string Spelled<T>(T value)
        where T : struct, Enum
    {
        string name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
