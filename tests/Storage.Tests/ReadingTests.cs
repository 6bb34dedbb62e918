using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Impressions;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Storage.Tests;

/// <summary>The stores in a process that only reads them, beside the server that writes them.</summary>
public abstract class ReadingTests : StoreTests
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Reads_BesideAServerThatWrites_SeeWhatWasAcknowledgedAndTheServerGoesOn()
    {
        await PutAsync(1);
        await using StoreProcess reader = StartReading();
        await OpenAsync(reader);
        Assert.Equal(["i1", "u1", "e1", "r1"], await ReadAsync(reader.Services));
        await PutAsync(2);
        Assert.Equal(["i1", "i2", "u1", "u2", "e1", "e2", "r1", "r2"], await ReadAsync(reader.Services));
    }

    [Fact]
    public async Task Start_StoresOfAnotherProgram_ThrowsSayingWhichVersions()
    {
        await PutAsync(1);
        await SetVersionAsync(1);
        await using StoreProcess reader = StartReading();
        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => OpenAsync(reader));
        Assert.Contains("version 1", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Makes a process that reads the stores of <see cref="StoreTests.StartAsync"/>.</summary>
    protected abstract StoreProcess StartReading();

    /// <summary>Makes the tables look as if another program had made them.</summary>
    protected abstract Task SetVersionAsync(int version);

    private static Task OpenAsync(StoreProcess reader) => reader.Services.GetRequiredService<StoreStart>().StartingAsync(Cancellation);

    private async Task PutAsync(int n)
    {
        await Store<IItemStore>().PutAsync([new($"i{n}", EmptyFeatures.Instance)], Cancellation);
        await Store<IProfileStore>().PutAsync([new($"u{n}", new UserProfile(EmptyFeatures.Instance))], Cancellation);
        await Store<IBehaviourLog>().AppendAsync(
            [new BehaviourEvent { EventId = $"e{n}", UserId = $"u{n}", ItemId = $"i{n}", Type = "click", Timestamp = Moment }], Cancellation);
        await Store<IImpressionLog>().AppendAsync(
            [new LoggedRanking { RankingId = $"r{n}", UserId = $"u{n}", Timestamp = Moment, Items = [new($"i{n}", 0.5f)] }], Cancellation);
    }

    /// <summary>The ids of items, profiles, events and rankings, one after another.</summary>
    private static async Task<string[]> ReadAsync(IServiceProvider reader) =>
    [
        .. await reader.GetRequiredService<IItemStore>().ReadAllAsync(Cancellation).Select(i => i.ItemId).ToArrayAsync(Cancellation),
        .. await reader.GetRequiredService<IProfileStore>().ReadAllAsync(Cancellation).Select(p => p.Key).ToArrayAsync(Cancellation),
        .. await reader.GetRequiredService<IBehaviourLog>().ReadAllAsync(Cancellation).Select(e => e.EventId).ToArrayAsync(Cancellation),
        .. await reader.GetRequiredService<IImpressionLog>().ReadAllAsync(DateTimeOffset.MaxValue, Cancellation).Select(r => r.RankingId).ToArrayAsync(Cancellation),
    ];
}
