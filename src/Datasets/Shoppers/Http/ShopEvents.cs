using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Datasets.Shoppers.Http;

/// <summary>Turns events of shoppers into those of the REST API, and back.</summary>
internal static class ShopEvents
{
    public static Client.BehaviourEvent Write(BehaviourEvent behaviour) => new()
    {
        EventId = behaviour.EventId,
        UserId = behaviour.UserId,
        ItemId = behaviour.ItemId,
        Type = behaviour.Type,
        Timestamp = behaviour.Timestamp,
        RankingId = behaviour.RankingId,
        Context = behaviour.Context,
    };

    public static BehaviourEvent Read(Client.BehaviourEvent behaviour) => new()
    {
        EventId = behaviour.EventId,
        UserId = behaviour.UserId,
        ItemId = behaviour.ItemId,
        Type = behaviour.Type,
        Timestamp = behaviour.Timestamp,
        RankingId = behaviour.RankingId,
        Context = behaviour.Context ?? EmptyFeatures.Instance,
    };
}
