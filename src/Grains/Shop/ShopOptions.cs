using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Grains.Shop;

/// <summary>The shop that a cluster serves.</summary>
public sealed class ShopOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Shop";

    /// <summary>Path of the <c>schema.json</c> that inputs and model versions are checked against.</summary>
    [Required]
    public string SchemaFile { get; set; } = "";
}
