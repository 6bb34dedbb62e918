using System.Diagnostics;
using System.Runtime.InteropServices;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Experiments;
using DinOrleans.Grains.Inference;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Models;
using DinOrleans.Grains.Popularity;
using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Telemetry;

namespace DinOrleans.Grains.Users;

/// <summary>Ranks candidates for a user with the active version, or by popularity before any is active.</summary>
public sealed class UserRanker(
    ItemCatalogue catalogue,
    ModelHost models,
    RegistrySync registry,
    PopularityIndex popularity,
    InferenceRouter inference,
    TimeProvider time)
{
    private const int Attempts = 3;

    /// <summary>Ranks candidates.</summary>
    /// <param name="user">The histories and the profile of the user.</param>
    /// <param name="query">The query with the candidates to rank.</param>
    /// <param name="arm">The arm of an experiment that the user is in; null for none. Where this silo does not have its version yet, the active one ranks.</param>
    /// <param name="keepsUnshown">True to keep the candidates that are not in the answer.</param>
    /// <param name="cancellationToken">Abandons the ranking.</param>
    /// <exception cref="OverloadedException">The scoring queue is full.</exception>
    /// <exception cref="DeadlineExceededException">The deadline passed before the ranking was scored.</exception>
    /// <exception cref="ModelVersionNotLoadedException">A version is active, but this silo could not load it.</exception>
    public async Task<RankOutcome> RankAsync(
        UserState user, RankQuery query, UserArm? arm, bool keepsUnshown, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        CatalogueItem[] items = Find(query.Candidates, out List<string>? unavailable);
        int? limit = keepsUnshown ? null : query.Limit;
        for (int attempt = 1; ; attempt++)
        {
            using ModelLease? own = arm?.Version is { } version ? models.Lease(version) : null;
            using ModelLease? active = own is null ? models.LeaseActive() : null;
            UserArm? answering = arm?.Version is not null && own is null ? null : arm;
            if ((own ?? active) is not { } lease)
            {
                return Outcome(ByPopularity(items, limit, start), unavailable, answering, query);
            }

            try
            {
                Ranking ranking = items.Length == 0
                    ? Empty(lease.Model, answering, start)
                    : await ByModelAsync(user, query, items, limit, lease, answering, start, cancellationToken);
                return Outcome(ranking, unavailable, answering, query);
            }
            catch (ModelVersionNotLoadedException) when (attempt < Attempts)
            {
                // This silo is behind the one that scores, or ahead of it. It catches up and ranks again with one version.
                await registry.SyncAsync(cancellationToken);
            }
        }
    }

    /// <summary>Finds the candidates.</summary>
    /// <param name="ids">The ids of all candidates.</param>
    /// <param name="unavailable">Receives the ids of those that are not available now. Null for none.</param>
    /// <returns>The others, in their order.</returns>
    private CatalogueItem[] Find(IReadOnlyList<string> ids, out List<string>? unavailable)
    {
        DateTimeOffset now = time.GetUtcNow();
        unavailable = null;
        CatalogueItem[] items = catalogue.Find(ids switch
        {
            string[] array => array,
            List<string> list => CollectionsMarshal.AsSpan(list),
            _ => [.. ids],
        });
        int count = 0;
        foreach (CatalogueItem item in items)
        {
            if (catalogue.IsAvailable(item, now))
            {
                items[count++] = item;
            }
            else
            {
                (unavailable ??= []).Add(item.ItemId);
            }
        }

        return count == items.Length ? items : items[..count];
    }

    /// <summary>Takes what was only kept for the log out of the answer, and names the candidates that are not available.</summary>
    private static RankOutcome Outcome(Ranking ranking, List<string>? unavailable, UserArm? arm, RankQuery query)
    {
        ranking = unavailable is null ? ranking : ranking with { UnavailableItems = unavailable };
        if (query.Limit is not { } limit || ranking.Items.Count <= limit)
        {
            return new(ranking, arm, Unshown: null);
        }

        return new(
            ranking with
            {
                Items = [.. ranking.Items.Take(limit)],
                Propensities = ranking.Propensities.IsEmpty ? default : ranking.Propensities[..limit],
            },
            arm,
            [.. ranking.Items.Skip(limit)]);
    }

    private Ranking ByPopularity(CatalogueItem[] items, int? limit, long start)
    {
        float[] scores = [.. items.Select(i => popularity.Score(i.ItemId))];
        return new Ranking
        {
            RankingId = NewId(),
            Source = RankingSource.Popularity,
            HistoryLength = 0,
            Tasks = [],
            Items = RankedItems.ByPopularity(items, scores, limit),
            TotalMicroseconds = Microseconds(start),
        };
    }

    /// <summary>The answer where no candidate is available.</summary>
    private Ranking Empty(LoadedModel model, UserArm? arm, long start) => new()
    {
        RankingId = NewId(),
        ModelVersion = model.Version,
        Source = RankingSource.Model,
        HistoryLength = 0,
        Tasks = model.TaskNames,
        ScoresAreProbabilities = model.Artifact.Manifest.ScoresAreProbabilities,
        Items = [],
        Experiment = arm?.Run.Experiment.Name,
        Variant = arm?.Name,
        Temperature = arm?.Temperature,
        TotalMicroseconds = Microseconds(start),
    };

    private async Task<Ranking> ByModelAsync(
        UserState user,
        RankQuery query,
        CatalogueItem[] items,
        int? limit,
        ModelLease lease,
        UserArm? arm,
        long start,
        CancellationToken cancellationToken)
    {
        LoadedModel model = lease.Model;
        Activity? span = GrainsActivities.Start(GrainsActivities.VectorsName);

        // The history may grow while the batch runs, and what is explained must be what was scored.
        AttendedHistory history = user.Vectors.Get(user.Histories, model, catalogue);
        int historyLength = history.Events.Length;
        FloatBlock profile = Vector(model.Artifact.Profiles, model.Layout.ProfileWidth, user.Profile);
        FloatBlock context = Vector(model.Artifact.Contexts, model.Layout.ContextWidth, query.Context);
        CandidateVectors candidates = CandidateVectors.Gather(items, catalogue.Vectors(model), model.Layout.ItemWidth);
        span?.Dispose();
        var request = new ScoreRequest
        {
            ModelVersion = model.Version,
            Behaviours = history.Vectors,
            Candidates = candidates.Vectors,
            CandidateBias = candidates.Bias,
            Profile = profile,
            Context = context,
            HistoryLength = historyLength,
            SequenceLengths = history.SequenceLengths,
            CandidateCount = items.Length,
            Explain = query.Explain,
            Background = query.Background,
            TimeLeft = query.TimeLeft - time.GetElapsedTime(start),
        };
        long scoring = time.GetTimestamp();
        ScoreResult result = await ScoreAsync(request, candidates, lease, user.UserKey, cancellationToken);
        long scoreMicroseconds = Microseconds(scoring);
        var rule = new OrderRule(Math.Min(items.Length, limit ?? items.Length), arm?.Temperature);
        float[] weights = result.Attention is null ? [] : new float[rule.Count * historyLength];
        RankedItem[] ranked = RankedItems.ByModel(items, result, model.RankingScore, model.Layout.TaskCount, rule, weights, out float[] propensities);
        return new Ranking
        {
            RankingId = NewId(),
            ModelVersion = model.Version,
            Source = RankingSource.Model,
            HistoryLength = historyLength,
            Tasks = model.TaskNames,
            ScoresAreProbabilities = model.Artifact.Manifest.ScoresAreProbabilities,
            Items = ranked,
            Experiment = arm?.Run.Experiment.Name,
            Variant = arm?.Name,
            Temperature = arm?.Temperature,
            Propensities = propensities,
            Explanation = result.Attention is null ? null : new(history.Behaviours(), weights),
            ScoreMicroseconds = scoreMicroseconds,
            TotalMicroseconds = Microseconds(start),
        };
    }

    /// <summary>Scores, and returns the rented buffers of the candidates, also where the request is refused: memory is scarcest under overload.</summary>
    private async Task<ScoreResult> ScoreAsync(
        ScoreRequest request, CandidateVectors candidates, ModelLease lease, long userKey, CancellationToken cancellationToken)
    {
        if (request.TimeLeft <= TimeSpan.Zero)
        {
            candidates.Return();
            throw new DeadlineExceededException("The deadline passed before the ranking was scored.");
        }

        try
        {
            ScoreResult result = await inference.ScoreAsync(request, lease, userKey, cancellationToken);
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
