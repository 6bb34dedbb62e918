using DinOrleans.Contracts.Users;

namespace DinOrleans.Datasets.SampleShop;

/// <summary>Everything that happened in a sample shop.</summary>
/// <param name="Catalogue">The items.</param>
/// <param name="Shoppers">The shoppers.</param>
/// <param name="Events">The impressions and clicks in the order of time.</param>
/// <param name="Shown">All impressions with their true click probabilities, in the order of their rankings' times.</param>
internal sealed record SimulatedShop(
    ShopCatalogue Catalogue, IReadOnlyList<Shopper> Shoppers, IReadOnlyList<BehaviourEvent> Events, IReadOnlyList<ShownItem> Shown);

/// <summary>An impression.</summary>
/// <param name="RankingId">The ranking.</param>
/// <param name="Moment">The moment of the ranking.</param>
/// <param name="Item">The item.</param>
/// <param name="Probability">The true probability of a click, 0 to 1.</param>
/// <param name="Clicked">True if the item was clicked.</param>
internal readonly record struct ShownItem(string RankingId, DateTimeOffset Moment, ShopItem Item, double Probability, bool Clicked);
