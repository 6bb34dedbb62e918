using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Health;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Contracts.Tests.Serialization;

/// <summary>The wire samples of searches, and of what people look at.</summary>
internal static class SearchSamples
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 31, 12, 0, 0, 250, TimeSpan.FromHours(9));
    private static readonly Dictionary<string, string> Features = new() { ["category"] = "c7" };
    private static readonly Item Item = new("a", Features);
    private static readonly PopularItem Popular = new(Item, 7);
    private static readonly SimilarItem Similar = new("b", 0.5f);
    private static readonly ClickHour Hour = new(Moment, 100, 7, 90, 8.5);
    private static readonly CalibrationBin Bin = new(0.25, 0.5, 4);
    private static readonly TaskCalibration Calibration = new("click", [Bin]);

    private static readonly BehaviourEvent Event = new() { EventId = "e", UserId = "u", ItemId = "i", Type = "click", Timestamp = Moment };
    private static readonly LoggedRanking Logged = new() { RankingId = "r", UserId = "u", Timestamp = Moment, Items = [new("i", 0.5f)] };

    public static IReadOnlyList<object> All { get; } =
    [
        new UserSearch { Prefix = "a", After = "ab", Limit = 7, Random = true },
        new UserIdPage(["u"], "u"),
        new UserRecent("u", new UserProfile(Features), [Event], [Logged]),
        new ItemSearch { Prefix = "a", Feature = "category", Value = "c7", After = "ab", Limit = 7 },
        new ItemPage([Item], "a"),
        new PopularItemsQuery("category", "c7", 7),
        new PopularItems([Popular], Moment),
        Popular,
        new SimilarItems("v", [Similar]),
        Similar,
        new ItemDay(new DateOnly(2026, 1, 31), new Dictionary<string, long> { ["click"] = 7 }),
        new SiloLoad
        {
            Silo = "s",
            Name = "n",
            StartedAt = Moment,
            Scores = true,
            Queue = 1,
            QueueLimit = 2,
            Rankings = 3,
            RankingsPerSecond = 4.5,
            ProcessorPercent = 5.5,
            MemoryBytes = 6,
            MemoryLimitBytes = 7,
        },
        new ClickHours("v", "click", 0.1, [Hour]),
        Hour,
        new VersionOrigin { Version = "v", Kind = "din", CreatedAt = Moment, StartedFrom = "w", Options = "{\"a\":1}", From = Moment, Until = Moment, Events = 5, Calibration = [Calibration] },
        Calibration,
        Bin,
    ];
}
