using DinOrleans.Datasets.SampleShop;

namespace DinOrleans.Datasets.Shoppers;

/// <summary>
/// The true probability that a clicked item is bought: σ(−1.6 + 0.5·quality − 0.3·price level), both standard normal over the items. About
/// 18 of 100 clicks on an average item become purchases, more on good items and fewer on dear ones.
/// </summary>
internal static class ConversionModel
{
    public static double Probability(ShopItem item) => 1 / (1 + Math.Exp(1.6 - (0.5 * item.Quality) + (0.3 * item.PriceLevel)));
}
