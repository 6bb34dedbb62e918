using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.ItemVectors;

/// <summary>Makes the vectors of a dataset's items with a version of a tower model.</summary>
public static class ItemVectorExport
{
    private const int ItemsAtOnce = 4096;

    /// <summary>
    /// Writes the vectors. For a user's vector of task k, which <see cref="RankingNetwork.UserVectors"/> makes, ⟨user, item⟩ orders items as the version
    /// scores them for that task.
    /// </summary>
    /// <param name="artifact">The version.</param>
    /// <param name="log">The log. Its items are written, also those that only events name.</param>
    /// <param name="path">The path of the <see cref="ItemVectorFile"/>.</param>
    /// <returns>The number of items.</returns>
    /// <exception cref="InvalidContentException">The version's model has no item vectors.</exception>
    /// <exception cref="ArtifactException">The version is damaged, or has other features than the log.</exception>
    public static int Write(Artifact artifact, TrainingLog log, string path)
    {
        using RankingNetwork network = NetworkFactory.Load(artifact, log);
        int count = log.ItemIds.Count;
        ItemVectorFile.Write(
            path,
            log.ItemIds,
            network.VectorWidth,
            Enumerable.Range(0, count).Chunk(ItemsAtOnce).Select(network.ItemVectors));
        return count;
    }
}
