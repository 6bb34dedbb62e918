using System.Globalization;
using DinOrleans.Contracts.Items;

namespace DinOrleans.Datasets.SampleShop;

/// <summary>An item with what only the generator knows of it.</summary>
/// <param name="Id">Item id.</param>
/// <param name="Topic">Its latent topic, seen as its category.</param>
/// <param name="Shop">Who sells it.</param>
/// <param name="Price">In currency units, log-normal.</param>
/// <param name="PriceLevel">Standard normal: how dear it is.</param>
/// <param name="Quality">Standard normal: how much better than others it is liked; seen nowhere but in clicks.</param>
/// <param name="Popularity">Relative weight of being shown or found.</param>
/// <param name="PopularityLevel">−1 for the least popular item to 1 for the most popular one, by rank in logarithm.</param>
/// <param name="Born">Day it enters the catalogue.</param>
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
