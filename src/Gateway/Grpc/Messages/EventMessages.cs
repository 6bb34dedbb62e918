using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Json;
using Google.Protobuf.WellKnownTypes;

namespace DinOrleans.Gateway.Grpc.Messages;

/// <summary>Turns the messages of events into what grains take.</summary>
internal static class EventMessages
{
    /// <summary>The rule of a timestamp that is not a moment.</summary>
    public const string TimestampRule = "must be a google.protobuf.Timestamp from the year 1 to 9999, with nanos from 0 to 999,999,999";

    private const int NanosPerSecond = 1_000_000_000;

    public static BehaviourEvent[] ToBehaviours(this V1.AppendRequest request)
    {
        var behaviours = new BehaviourEvent[request.Events.Count];
        for (int i = 0; i < behaviours.Length; i++)
        {
            behaviours[i] = ToBehaviour(request.Events[i]);
        }

        return behaviours;
    }

    // A missing field becomes a value that breaks its rule, so that one answer names every fault.
    private static BehaviourEvent ToBehaviour(V1.Event one) => new()
    {
        EventId = one.EventId,
        UserId = one.UserId,
        ItemId = one.ItemId,
        Type = one.Type,
        Timestamp = one.Timestamp is { } timestamp ? ToMoment(timestamp) : default,
        RankingId = one.HasRankingId ? one.RankingId : null,
        Context = one.Context.ToFeatures(),
    };

    private static DateTimeOffset ToMoment(Timestamp timestamp) =>
        timestamp.Nanos is >= 0 and < NanosPerSecond
        && timestamp.Seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && timestamp.Seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? timestamp.ToDateTimeOffset()
            : TimestampConverter.Malformed;
}
