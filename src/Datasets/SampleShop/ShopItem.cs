using System.Globalization;
using DinOrleans.Contracts.Items;

namespace DinOrleans.Datasets.SampleShop;

/// <summary>An item with what only the generator knows about it.</summary>
/// <param name="Id">The item id.</param>
/// <param name="Topic">The latent topic, which the data show as the category.</param>
/// <param name="Shop">The seller, which the data show as the shop.</param>
/// <param name="Price">The price in currency units, with a log-normal distribution.</param>
/// <param name="PriceLevel">How expensive the item is for its topic, with a standard normal distribution.</param>
/// <param name="Quality">How much better than others the item is liked, with a standard normal distribution. Only clicks show it.</param>
/// <param name="Popularity">The relative weight of being shown or found.</param>
/// <param name="PopularityLevel">The popularity by logarithm of the rank, from −1 for the least to 1 for the most popular item.</param>
/// <param name="Born">The day on which the item enters the catalogue.</param>
internal sealed record ShopItem(
    string Id, int Topic, int Shop, double Price, double PriceLevel, double Quality, double Popularity, double PopularityLevel, double Born)
{
    public Item ToItem() => new(Id, new Dictionary<string, string>
    {
        ["shop"] = $"shop-{Shop}",
        ["category"] = $"category-{Topic}",
        ["price"] = Price.ToString("0.00", CultureInfo.InvariantCulture),
    });
}
