using DinOrleans.Contracts.Users;

namespace DinOrleans.Datasets.SampleShop;

/// <summary>What happened in a generated shop.</summary>
/// <param name="Catalogue">The items.</param>
/// <param name="Shoppers">The shoppers.</param>
/// <param name="Events">Impressions and clicks by time.</param>
/// <param name="Shown">Every impression with its true click probability, by time of its ranking.</param>
internal sealed record ShopLog(
    ShopCatalogue Catalogue, IReadOnlyList<Shopper> Shoppers, IReadOnlyList<BehaviourEvent> Events, IReadOnlyList<ShownItem> Shown);

/// <summary>An impression.</summary>
/// <param name="RankingId">The ranking.</param>
/// <param name="Moment">When it was shown.</param>
/// <param name="Item">The item.</param>
/// <param name="Probability">True probability of a click, 0..1.</param>
/// <param name="Clicked">What came of it.</param>
internal readonly record struct ShownItem(string RankingId, DateTimeOffset Moment, ShopItem Item, double Probability, bool Clicked);
