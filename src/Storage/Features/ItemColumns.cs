using System.Data.Common;
using DinOrleans.Contracts.Items;

namespace DinOrleans.Storage.Features;

/// <summary>The columns of the table of items, which both databases have.</summary>
internal static class ItemColumns
{
    /// <summary>The columns that <see cref="Read"/> takes.</summary>
    public const string OfItem = "item_id, features, state, available_from, available_until";

    /// <summary>The columns of an <see cref="ItemRow"/>.</summary>
    public const string OfRow = "revision, " + OfItem;

    public static Item Read(DbDataReader reader) => new(reader.GetString(0), FeatureText.Read(reader.GetString(1)))
    {
        Unavailable = reader.GetInt32(2) == (int)ItemState.Unavailable,
        AvailableFrom = Time(reader, 3),
        AvailableUntil = Time(reader, 4),
    };

    public static ItemState State(Item item) => item.Unavailable ? ItemState.Unavailable : ItemState.Available;

    /// <summary>The text of the column of features.</summary>
    public static string Features(Item item) => FeatureText.Write(item.Features) ?? FeatureText.Empty;

    private static DateTimeOffset? Time(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));
}
