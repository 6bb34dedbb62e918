using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Grains.Shop;

/// <summary>The shop that a cluster serves.</summary>
public sealed class ShopOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Shop";

    /// <summary>The path of the <c>schema.json</c> that inputs and model versions are checked against. Standalone sets it itself.</summary>
    [Required]
    public string SchemaFile { get; set; } = "";
}
