using DinOrleans.Model.Schema;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;

namespace DinOrleans.Cli.TrainingData;

/// <summary>What <c>train</c> learns from.</summary>
internal interface ITrainingSource
{
    /// <summary>The schema of the data.</summary>
    FeatureSchema Schema { get; }

    /// <summary>True if the data may have grown when a training is resumed.</summary>
    bool Grows { get; }

    /// <summary>Reads the data.</summary>
    /// <param name="samples">How samples are made from them.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<TrainingLog> LoadAsync(SampleOptions samples, CancellationToken cancellationToken);
}
