using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Inference;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Models;
using DinOrleans.Grains.Popularity;
using DinOrleans.Grains.Scoring;

namespace DinOrleans.Grains.Users;

/// <summary>Ranks candidates for a user with the active version, or by popularity before any is active.</summary>
public sealed class UserRanker(
    ItemCatalogue catalogue,
    ModelHost models,
    ModelFollower follower,
    PopularityIndex popularity,
    InferenceRouter inference,
    GrainsInstruments instruments,
    TimeProvider time)
{
    private const int Attempts = 3;

    /// <summary>Ranks.</summary>
    /// <exception cref="OverloadedException">The scoring queue is full.</exception>
    /// <exception cref="DeadlineExceededException">The deadline passed before the ranking was scored.</exception>
    public async Task<Ranking> RankAsync(UserState user, RankQuery query, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        var items = new CatalogueItem[query.Candidates.Count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = catalogue.Find(query.Candidates[i]);
        }

        for (int attempt = 1; ; attempt++)
        {
            using ModelLease? lease = models.LeaseActive();
            if (lease is null)
            {
                return ByPopularity(items, query, start);
            }

            try
            {
                return await ByModelAsync(user, query, items, lease.Model, start, cancellationToken);
            }
            catch (ModelVersionNotLoadedException) when (attempt < Attempts)
            {
                // This silo is behind the one that scores, or ahead of it: catch up, then rank anew with one version.
                await follower.SyncAsync(cancellationToken);
            }
        }
    }

    private Ranking ByPopularity(CatalogueItem[] items, RankQuery query, long start)
    {
        float[] scores = [.. items.Select(i => popularity.Score(i.ItemId))];
        instruments.Ranked("popularity");
        return new Ranking
        {
            RankingId = NewId(),
            Source = RankingSource.Popularity,
            HistoryLength = 0,
            Tasks = [],
            Items = RankedItems.ByPopularity(items, scores, query.Limit),
            TotalMicroseconds = Microseconds(start),
        };
    }

    private async Task<Ranking> ByModelAsync(
        UserState user, RankQuery query, CatalogueItem[] items, LoadedModel model, long start, CancellationToken cancellationToken)
    {
        // The history may grow while the batch runs: what is explained must be what was scored.
        AttendedHistory history = user.Vectors.Of(user.Histories, model, catalogue);
        int historyLength = history.Events.Length;
        CandidateVectors candidates = CandidateVectors.Gather(items, model);
        var request = new ScoreRequest
        {
            ModelVersion = model.Version,
            Behaviours = history.Vectors,
            Candidates = candidates.Vectors,
            CandidateBias = candidates.Bias,
            Profile = Vector(model.Artifact.Profiles, model.Layout.ProfileWidth, user.Profile),
            Context = Vector(model.Artifact.Contexts, model.Layout.ContextWidth, query.Context),
            HistoryLength = historyLength,
            SequenceLengths = history.SequenceLengths,
            CandidateCount = items.Length,
            Explain = query.Explain,
            Background = query.Background,
            TimeLeft = query.TimeLeft - time.GetElapsedTime(start),
        };
        long scoring = time.GetTimestamp();
        ScoreResult result = await ScoreAsync(request, candidates, model, user.UserKey, cancellationToken);
        long scoreMicroseconds = Microseconds(scoring);
        instruments.Ranked("model");
        return new Ranking
        {
            RankingId = NewId(),
            ModelVersion = model.Version,
            Source = RankingSource.Model,
            HistoryLength = historyLength,
            Tasks = model.TaskNames,
            ScoresAreProbabilities = model.Artifact.Manifest.ScoresAreProbabilities,
            Items = RankedItems.ByModel(
                items,
                result,
                model.RankingScore,
                model.Layout.TaskCount,
                query.Limit,
                history.Events),
            ScoreMicroseconds = scoreMicroseconds,
            TotalMicroseconds = Microseconds(start),
        };
    }

    /// <summary>Scores, and gives the candidates' buffers back: also those of a refused request, since memory is scarcest under overload.</summary>
    private async Task<ScoreResult> ScoreAsync(
        ScoreRequest request, CandidateVectors candidates, LoadedModel model, long userKey, CancellationToken cancellationToken)
    {
        if (request.TimeLeft <= TimeSpan.Zero)
        {
            candidates.Return();
            throw new DeadlineExceededException("The deadline passed before the ranking was scored.");
        }

        try
        {
            ScoreResult result = await inference.ScoreAsync(request, model, userKey, cancellationToken);
            candidates.Return();
            return result;
        }
        catch (Exception e) when (inference.HasLetGo(e))
        {
            candidates.Return();
            throw;
        }
    }

    private static FloatBlock Vector(Model.Representation.FeatureGroup group, int width, IReadOnlyDictionary<string, string> features)
    {
        if (width == 0)
        {
            return FloatBlock.Empty;
        }

        float[] vector = new float[width];
        group.Write(group.Encode(features), vector);
        return new FloatBlock(vector);
    }

    private string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    private long Microseconds(long since) => time.GetElapsedTime(since).Ticks / TimeSpan.TicksPerMicrosecond;
}
