using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Health;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Gateway.Tests.Hosting;

/// <summary>Writes down the search and finds two users; there is a next page after the first.</summary>
public sealed class ScriptedUserDirectoryGrain(ShopScript script) : Grain, IUserDirectoryGrain
{
    public Task<UserIdPage> FindAsync(UserSearch search, CancellationToken cancellationToken)
    {
        script.UserSearches.Enqueue(search);
        return Task.FromResult(new UserIdPage(["u1", "u2"], search.After is null ? "u2" : null));
    }
}

/// <summary>Writes down the search; the catalogue has the items whose ids begin with "i".</summary>
public sealed class ScriptedItemSearchGrain(ShopScript script) : Grain, IItemSearchGrain
{
    public Task<ItemPage> FindAsync(ItemSearch search, CancellationToken cancellationToken)
    {
        script.ItemSearches.Enqueue(search);
        return Task.FromResult(new ItemPage([ShopScript.FoundItem("i1")], "i1"));
    }

    public Task<IReadOnlyList<Item>> GetAsync(IReadOnlyList<string> itemIds, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Item>>(
        [.. itemIds.Where(id => id.StartsWith('i')).Distinct().Reverse().Select(ShopScript.FoundItem)]);
}

public sealed class ScriptedPopularItemsGrain(ShopScript script) : Grain, IPopularItemsGrain
{
    public Task<PopularItems> GetAsync(PopularItemsQuery query, CancellationToken cancellationToken)
    {
        script.PopularQueries.Enqueue(query);
        return Task.FromResult(new PopularItems([new(ShopScript.FoundItem("i9"), 42)], ShopScript.Noon));
    }
}

/// <summary>Knows the embedding of "i1" only.</summary>
public sealed class ScriptedSimilarItemsGrain : Grain, ISimilarItemsGrain
{
    public Task<SimilarItems?> FindAsync(string itemId, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(itemId is "i1" or "i/1" ? new SimilarItems("v2", [new("i2", 0.75f), new("gone", 0.5f)]) : null);
}

/// <summary>Knows one day of "i1" and "i/1".</summary>
public sealed class ScriptedItemDaysGrain(ShopScript script) : Grain, IItemDaysGrain
{
    public Task<IReadOnlyList<ItemDay>> GetAsync(string itemId, int days, CancellationToken cancellationToken)
    {
        script.ItemDays.Enqueue((itemId, days));
        return Task.FromResult<IReadOnlyList<ItemDay>>(
            itemId is "i1" or "i/1" ? [new(new DateOnly(2026, 1, 31), new Dictionary<string, long> { ["buy"] = 1, ["click"] = 12 })] : []);
    }
}

public sealed class ScriptedClusterLoadGrain : Grain, IClusterLoadGrain
{
    public Task<IReadOnlyList<SiloLoad>> GetAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SiloLoad>>(
        [Load("s1", scores: true), Load("s2", scores: false)]);

    private static SiloLoad Load(string silo, bool scores) => new()
    {
        Silo = silo,
        Name = "silo " + silo,
        StartedAt = ShopScript.Noon,
        Scores = scores,
        Queue = 3,
        QueueLimit = scores ? 100 : 0,
        Rankings = 1_000,
        RankingsPerSecond = 2.5,
        MemoryBytes = 1L << 30,
        MemoryLimitBytes = 1L << 34,
    };
}

public sealed class ScriptedClickHoursGrain : Grain, IClickHoursGrain
{
    public Task<ClickHours?> GetClickHoursAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ClickHours?>(new("v2", "click", 0.1, [new(ShopScript.Noon, 200, 20, 200, 18.5)]));
}

/// <summary>Knows the origin of "v2" only.</summary>
public sealed class ScriptedVersionOriginGrain : Grain, IVersionOriginGrain
{
    public Task<VersionOrigin?> GetAsync(string version, CancellationToken cancellationToken) => Task.FromResult(version != "v2" ? null : new VersionOrigin
    {
        Version = version,
        Kind = "din",
        CreatedAt = ShopScript.Noon,
        StartedFrom = "v1",
        Options = """{"training":{"epochs":3}}""",
        From = ShopScript.Noon,
        Until = ShopScript.Noon,
        Events = 5,
        Calibration = [new("click", [new(0.25, 0.5, 4)])],
    });
}
