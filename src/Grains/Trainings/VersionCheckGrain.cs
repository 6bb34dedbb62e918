using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Grains.Inference;
using DinOrleans.Grains.Models;
using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Artifacts;
using DinOrleans.Storage.Artifacts;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace DinOrleans.Grains.Trainings;

/// <inheritdoc cref="IVersionCheckGrain"/>
[StatelessWorker(1), RequiresAccelerator]
public sealed class VersionCheckGrain(ModelLoader loader, IOptions<ScoringOptions> options, TimeProvider time) : Grain, IVersionCheckGrain
{
    /// <inheritdoc/>
    public async Task<VersionCheck> CheckAsync(string version, CancellationToken cancellationToken)
    {
        double tolerance = options.Value.SampleTolerance;
        long start = time.GetTimestamp();
        try
        {
            LoadedModel model = await loader.LoadAsync(version, cancellationToken);
            TimeSpan elapsed = time.GetElapsedTime(start);
            try
            {
                return new(elapsed, await Task.Run(() => SampleDifference(model), cancellationToken), tolerance, RefusedBecause: null);
            }
            finally
            {
                model.Retire();
            }
        }
        catch (ArtifactException e)
        {
            return new(time.GetElapsedTime(start), null, tolerance, PublicText.Describe(e));
        }
        catch (Exception e) when (e is VersionNotFoundException or ArgumentException)
        {
            throw new InvalidInputException([new("version", PublicText.Describe(e))]);
        }
        catch (Exception e) when (RefusalReason.MayPass(e))
        {
            throw new StoreUnavailableException($"Version {version} cannot be read now: {PublicText.Describe(e)}");
        }
    }

    private static double SampleDifference(LoadedModel model)
    {
        StoredSample sample = model.Artifact.StoredSample;
        var batch = new ScoreBatch();
        batch.Pack([SampleRequest.Create(model.Artifact)], model.Layout);
        model.Scorer.Score(batch, attention: false);
        return sample.Scores.Select((score, i) => (double)Math.Abs(batch.Scores[i] - score)).DefaultIfEmpty(0).Max();
    }
}
