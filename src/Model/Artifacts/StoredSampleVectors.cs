using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;

namespace DinOrleans.Model.Artifacts;

/// <summary>The stored sample of a version as the scorer graph takes it, represented by the version's vocabularies, scalers and tables.</summary>
public sealed record StoredSampleVectors
{
    private StoredSampleVectors()
    {
    }

    /// <summary>[H, d], row-major; H may be 0.</summary>
    public required float[] Behaviours { get; init; }

    /// <summary>[N, d].</summary>
    public required float[] Candidates { get; init; }

    /// <summary>[N].</summary>
    public required float[] CandidateBias { get; init; }

    /// <summary>[p].</summary>
    public required float[] Profile { get; init; }

    /// <summary>[c].</summary>
    public required float[] Context { get; init; }

    /// <summary>Represents the stored sample of a version.</summary>
    public static StoredSampleVectors Represent(Artifact artifact)
    {
        StoredSample sample = artifact.StoredSample;
        FeatureRows[] items = [.. sample.Items.Select(artifact.Items.Encode)];
        int id = artifact.Manifest.Schema.ItemFeatures.Index().First(f => f.Item.Name == FeatureSchema.ItemId).Index;
        return new()
        {
            Behaviours = Vectors(artifact.Items, [.. sample.Behaviours.Select(i => items[i])]),
            Candidates = Vectors(artifact.Items, [.. sample.Candidates.Select(i => items[i])]),
            CandidateBias = [.. sample.Candidates.Select(i => artifact.ItemBias.ReadFirst(items[i].Rows[id]))],
            Profile = Vectors(artifact.Profiles, [artifact.Profiles.Encode(sample.Profile)]),
            Context = Vectors(artifact.Contexts, [artifact.Contexts.Encode(sample.Context)]),
        };
    }

    private static float[] Vectors(FeatureGroup group, FeatureRows[] entities)
    {
        float[] vectors = new float[entities.Length * group.Width];
        for (int i = 0; i < entities.Length; i++)
        {
            group.Write(entities[i], vectors.AsSpan(i * group.Width, group.Width));
        }

        return vectors;
    }
}
