using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Export;

/// <summary>Everything that training learned, ready to be written as a version.</summary>
public sealed record ArtifactContent
{
    public required FeatureSchema Schema { get; init; }

    /// <summary>The name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The model's complete options as JSON.</summary>
    public required string Options { get; init; }

    /// <summary>Every parameter and moving statistic of the score half by name.</summary>
    public required IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; }

    /// <summary>A vocabulary for each categorical feature by <see cref="FeatureKeys.Create"/>.</summary>
    public required IReadOnlyDictionary<string, Vocabulary> Vocabularies { get; init; }

    /// <summary>[rows, dimension] for each categorical feature by its key, and [rows, 1] for <see cref="FeatureKeys.ItemBias"/>.</summary>
    public required IReadOnlyDictionary<string, ParameterValue> Tables { get; init; }

    /// <summary>How the numbers of the tables are stored. The stored sample must have been scored with numbers that were rounded so.</summary>
    public TableNumbers TableNumbers { get; init; } = TableNumbers.Bits16;

    /// <summary>The scaling of each numeric feature by its key.</summary>
    public required IReadOnlyDictionary<string, NumericScaler> Scalers { get; init; }

    /// <summary>Offline measures by name.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>True if scores are probabilities, as in <see cref="ArtifactManifest.ScoresAreProbabilities"/>.</summary>
    public bool ScoresAreProbabilities { get; init; }

    /// <summary>How well the probabilities agree with what happened, per task; null where that was not measured.</summary>
    public IReadOnlyList<TaskCalibration>? Calibration { get; init; }

    /// <summary>The version whose weights training started from; null for fresh ones.</summary>
    public string? StartedFrom { get; init; }

    public required DataWindow Data { get; init; }

    /// <summary>A ranking with the scores that training computed.</summary>
    public required StoredSample StoredSample { get; init; }
}
