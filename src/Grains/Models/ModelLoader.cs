using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Shop;
using DinOrleans.Model.Artifacts;
using DinOrleans.Storage.Artifacts;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Models;

/// <summary>Loads a version, checks that it computes on this silo what it computed in training, and warms it.</summary>
public sealed class ModelLoader(IArtifactStore store, ShopSchema shop, IOptions<ScoringOptions> options)
{
    private const int WarmCandidates = 100;

    /// <summary>Loads a version. It takes as long as reading the version's files, and downloading them where they are not on this machine.</summary>
    /// <exception cref="ArtifactException">The version is damaged, or was made for another shop.</exception>
    /// <exception cref="IOException">The version cannot be read now, or is not in the store yet.</exception>
    /// <exception cref="OperationCanceledException">The load was cancelled.</exception>
    public async Task<LoadedModel> LoadAsync(string version, CancellationToken cancellationToken)
    {
        string folder = await store.OpenAsync(version, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => Load(version, folder, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private LoadedModel Load(string version, string folder, CancellationToken cancellationToken)
    {
        // The schema is checked first, because it costs nothing and the widths of another shop's version could need any amount of memory.
        if (shop.Check(ArtifactManifest.Read(folder).Schema) is { } mismatch)
        {
            throw new ArtifactException(version, mismatch);
        }

        Artifact artifact = Artifact.OpenUnlessCancelled(folder, cancellationToken);
        ChosenScorer? chosen = null;
        try
        {
            if (options.Value.Accelerator != Accelerator.None)
            {
                chosen = Scorers.Load(artifact, options.Value);
                Run(artifact, chosen.Scorer);
            }

            return new LoadedModel(artifact, chosen);
        }
        catch
        {
            chosen?.Dispose();
            artifact.Dispose();
            throw;
        }
    }

    /// <exception cref="ArtifactException">The graph fails, or its scores differ from those of training.</exception>
    private void Run(Artifact artifact, IScorer scorer)
    {
        try
        {
            Warm(artifact, scorer);
            CheckSample(artifact, scorer);
        }
        catch (Exception e) when (e is not ArtifactException and not OutOfMemoryException)
        {
            // A graph may have other widths than its manifest says. Whatever the runtime throws then is a fault of the version.
            throw new ArtifactException(artifact.ScorerPath, "cannot be run: " + e.Message, e);
        }
    }

    private void CheckSample(Artifact artifact, IScorer scorer)
    {
        StoredSample sample = artifact.StoredSample;
        var batch = new ScoreBatch();
        batch.Pack([SampleRequest.Create(artifact)], artifact.Layout);
        scorer.Score(batch, attention: false);
        for (int i = 0; i < sample.Scores.Count; i++)
        {
            if (!(Math.Abs(batch.Scores[i] - sample.Scores[i]) <= options.Value.SampleTolerance))
            {
                throw new ArtifactException(
                    artifact.ScorerPath, $"scores {batch.Scores[i]} where training scored {sample.Scores[i]} (score {i} of the stored sample)");
            }
        }
    }

    /// <summary>Scores the largest common shape once, so that buffers exist before the first ranking.</summary>
    private static void Warm(Artifact artifact, IScorer scorer)
    {
        var batch = new ScoreBatch();
        batch.Pack([ZeroRequest.Create(artifact, WarmCandidates)], artifact.Layout);
        scorer.Score(batch, attention: true);
    }
}
