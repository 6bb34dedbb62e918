namespace DinOrleans.Grains.Items;

/// <summary>An item by its id, and the number that the catalogue of this silo has given it.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Number">The number, from 0. −1 for an item that the catalogue does not have, which is made of its id alone.</param>
public readonly record struct CatalogueItem(string ItemId, int Number = -1)
{
    /// <summary>False if the catalogue does not have the id.</summary>
    public bool IsKnown => Number >= 0;
}
