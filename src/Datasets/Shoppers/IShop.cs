using DinOrleans.Contracts.Users;

namespace DinOrleans.Datasets.Shoppers;

/// <summary>The shop that shoppers visit: a server over HTTP, or anything in this process that ranks and takes events.</summary>
/// <remarks>Calls come from several threads at once, but those for one user come one after the other.</remarks>
public interface IShop
{
    /// <summary>Reads what the shop knows of a user, so that shoppers go on from where they are.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The user's events, oldest first; null where the shop does not tell, and shoppers go on from the generated past.</returns>
    /// <exception cref="ShopCallException">The shop did not answer as it should.</exception>
    Task<IReadOnlyList<BehaviourEvent>?> ReadEventsAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Ranks candidates for a user.</summary>
    /// <param name="query">The user, the candidates and how they are ranked.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ShopCallException">The shop did not answer as it should.</exception>
    Task<ShownRanking> RankAsync(ShopQuery query, CancellationToken cancellationToken);

    /// <summary>Appends events of one user, which may be sent again because each has its own id.</summary>
    /// <param name="events">The events in time order.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ShopCallException">The shop did not take them.</exception>
    Task AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken);
}
