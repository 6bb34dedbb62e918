using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Kernels;

/// <summary>A version whose model has a form that hand-written kernels score: DIN with the activation unit, over one sequence.</summary>
/// <param name="Layout">Widths of the vectors that the model scores.</param>
/// <param name="Options">The model's options.</param>
/// <param name="Parameters">The trained values, by name.</param>
public sealed record FusedDinForm(ScoreLayout Layout, DinOptions Options, IReadOnlyDictionary<string, ParameterValue> Parameters)
{
    /// <summary>Reads the form of a version.</summary>
    /// <param name="artifact">The version.</param>
    /// <returns>Null if the version's model, its options or its parameters have no such form.</returns>
    /// <exception cref="ArtifactException">The parameters cannot be read.</exception>
    public static FusedDinForm? TryRead(Artifact artifact)
    {
        IRankingModel model = RankingModels.Create(artifact.Manifest.Model, artifact.Layout, artifact.Manifest.Options.GetRawText());
        if (model is not Din { Options: { } options } || artifact.Layout.Sequences.Count > 0 || !IsKnown(options))
        {
            return null;
        }

        IReadOnlyDictionary<string, ParameterValue> parameters = artifact.ReadParameters();
        return InitialParameters.Draw(model, seed: 0).All(p => parameters.GetValueOrDefault(p.Key)?.Shape.SequenceEqual(p.Value.Shape) == true)
            ? new(artifact.Layout, options, parameters)
            : null;
    }

    /// <summary>The values of a parameter.</summary>
    /// <param name="name">The name of the parameter.</param>
    /// <returns>Empty if the model has no such parameter.</returns>
    public float[] Values(string name) => Parameters.GetValueOrDefault(name)?.Data ?? [];

    /// <summary>The weight of the top network's first layer over [u, v, u⊙v, Σa], as far as the model sees them.</summary>
    /// <returns>[inputs, units].</returns>
    public float[] TopWeight() => [.. TopPart("interest"), .. TopPart("candidate"), .. TopPart("product"), .. TopPart("intensity")];

    /// <summary>The weight of one part of the top network's input.</summary>
    /// <param name="part">The part's name, for example "profile".</param>
    /// <returns>[width of the part, units]; empty if the model does not see it.</returns>
    public float[] TopPart(string part) => Values($"top/0/{part}/weight");

    /// <summary>True if every option that the kernels do not know is at its default.</summary>
    private static bool IsKnown(DinOptions options) => options.Interaction != Interaction.Outer && options == new DinOptions
    {
        Interaction = options.Interaction,
        Softmax = options.Softmax,
        Recency = options.Recency,
        Intensity = options.Intensity,
        AttentionUnits = options.AttentionUnits,
        TopUnits = options.TopUnits,
        Activation = options.Activation,
        Dropout = options.Dropout,
        UseBias = options.UseBias,
    };
}
