namespace DinOrleans.Datasets.Shoppers.Reporting;

/// <summary>What shoppers call the shop for.</summary>
public enum ShopCall
{
    /// <summary>To read what it knows of a shopper.</summary>
    Read,

    /// <summary>To rank candidates.</summary>
    Rank,

    /// <summary>To append events.</summary>
    Append,
}
