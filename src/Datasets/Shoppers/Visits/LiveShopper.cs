using System.Runtime.InteropServices;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.SampleShop;

namespace DinOrleans.Datasets.Shoppers.Visits;

/// <summary>A shopper who goes on living after the shop's log: what they clicked, and the time of their latest event.</summary>
/// <param name="shopper">The shopper at the end of the log.</param>
/// <param name="historyLength">How many of the latest clicks their tastes depend on.</param>
internal sealed class LiveShopper(Shopper shopper, int historyLength)
{
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(1);

    private DateTimeOffset _latest = DateTimeOffset.MinValue;

    /// <summary>Ends when the visit that was given to the shopper last has ended. The crowd reads and sets it under its lock.</summary>
    public Task LastVisit { get; set; } = Task.CompletedTask;

    /// <summary>True once the shop was asked for what it knows of them.</summary>
    public bool IsKnown { get; set; }

    public Shopper Shopper => shopper;

    /// <summary>The clicks that their tastes depend on, oldest first.</summary>
    public ReadOnlySpan<ShopItem> History
    {
        get
        {
            Span<ShopItem> clicked = CollectionsMarshal.AsSpan(shopper.Clicked);
            return clicked[Math.Max(0, clicked.Length - historyLength)..];
        }
    }

    /// <summary>Goes on from the events that the shop holds.</summary>
    /// <param name="events">All events of the shopper, oldest first.</param>
    /// <param name="items">The catalogue by item id.</param>
    public void GoOnFrom(IReadOnlyList<BehaviourEvent> events, IReadOnlyDictionary<string, ShopItem> items)
    {
        shopper.Clicked.Clear();
        foreach (BehaviourEvent one in events)
        {
            _latest = one.Timestamp > _latest ? one.Timestamp : _latest;
            if (one.Type == SampleShopSchema.Click && items.TryGetValue(one.ItemId, out ShopItem? item))
            {
                Click(item);
            }
        }
    }

    /// <summary>Remembers a click. What tastes do not depend on any more is forgotten now and then.</summary>
    public void Click(ShopItem item)
    {
        shopper.Clicked.Add(item);
        if (shopper.Clicked.Count > 4 * historyLength)
        {
            shopper.Clicked.RemoveRange(0, shopper.Clicked.Count - historyLength);
        }
    }

    /// <summary>The time of the shopper's next event: now in whole milliseconds, or just after their latest event, so that the shop keeps their order.</summary>
    public DateTimeOffset Next(DateTimeOffset now)
    {
        DateTimeOffset whole = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        return _latest = whole > _latest ? whole : _latest + Apart;
    }
}
