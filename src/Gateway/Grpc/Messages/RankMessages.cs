using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Users;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace DinOrleans.Gateway.Grpc.Messages;

/// <summary>Turns the messages of rankings into what grains take, and back.</summary>
internal static class RankMessages
{
    public static RankQuery ToQuery(this V1.RankRequest request)
    {
        string[] candidates = new string[request.Candidates.Count];
        for (int i = 0; i < candidates.Length; i++)
        {
            candidates[i] = request.Candidates[i].ItemId;
        }

        return new RankQuery
        {
            Candidates = candidates,
            Context = request.Context.ToFeatures(),
            Limit = request.HasLimit ? request.Limit : null,
            Explain = request.Explain,
            Background = request.Background,
        };
    }

    /// <summary>Makes the map of features that grains take.</summary>
    public static IReadOnlyDictionary<string, string> ToFeatures(this MapField<string, string> values) =>
        values.Count == 0 ? EmptyFeatures.Instance : new Dictionary<string, string>(values, StringComparer.Ordinal);

    public static V1.RankResponse ToMessage(this Ranking ranking)
    {
        var response = new V1.RankResponse
        {
            RankingId = ranking.RankingId,
            Source = ranking.Source == RankingSource.Model ? V1.Source.Model : V1.Source.Popularity,
            HistoryLength = ranking.HistoryLength,
            Tasks = { ranking.Tasks },
        };
        if (ranking.ModelVersion is { } version)
        {
            response.Model = new V1.ModelReference
            {
                Version = version,
                Variant = ranking.Variant ?? ExperimentArm.Champion,
                ScoresAreProbabilities = ranking.ScoresAreProbabilities,
            };
            if (ranking.Experiment is { } experiment)
            {
                response.Model.Experiment = experiment;
            }
        }

        if (ranking.UnavailableItems is { } unavailable)
        {
            response.UnavailableItems.AddRange(unavailable);
        }

        foreach (AttendedBehaviour behaviour in ranking.Explanation?.History ?? [])
        {
            response.History.Add(new V1.Behaviour { ItemId = behaviour.ItemId, Timestamp = Timestamp.FromDateTimeOffset(behaviour.Timestamp) });
        }

        response.Items.Capacity = ranking.Items.Count;
        for (int i = 0; i < ranking.Items.Count; i++)
        {
            response.Items.Add(ToMessage(ranking, i));
        }

        return response;
    }

    private static V1.RankedItem ToMessage(Ranking ranking, int index)
    {
        RankedItem item = ranking.Items[index];
        var message = new V1.RankedItem { ItemId = item.ItemId, Score = item.Score, UnknownItem = item.UnknownItem };
        Add(message.Scores, item.Scores.Span);
        if (ranking.Explanation is { } explanation)
        {
            Add(message.Attention, explanation.WeightsOf(index));
        }

        return message;
    }

    private static void Add(RepeatedField<float> field, ReadOnlySpan<float> values)
    {
        field.Capacity = values.Length;
        foreach (float value in values)
        {
            field.Add(value);
        }
    }
}
