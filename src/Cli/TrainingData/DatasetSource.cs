using DinOrleans.Datasets;
using DinOrleans.Model.Schema;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;

namespace DinOrleans.Cli.TrainingData;

/// <summary>A dataset folder to learn from.</summary>
internal sealed class DatasetSource(DatasetFolder folder) : ITrainingSource
{
    public FeatureSchema Schema => folder.Schema;

    public bool Grows => false;

    public Task<TrainingLog> LoadAsync(SampleOptions samples, CancellationToken cancellationToken) => TrainingLog.LoadAsync(folder, cancellationToken);
}
