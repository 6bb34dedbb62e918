using System.Diagnostics;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Telemetry;
using DinOrleans.Storage;
using DinOrleans.TestShop;

namespace DinOrleans.Cluster.Tests.Telemetry;

/// <summary>One trace from a caller to the last thing that is done for it, over two silos.</summary>
public sealed class TraceTests
{
    private const string UserId = "somebody-in-particular";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RankAsync_ScoredByAnotherSilo_IsOneTraceFromTheCallerToTheDeviceAndTheLog()
    {
        await using ShopCluster shop = await StartAsync();
        await shop.PutItemsAsync();
        await shop.PublishAsync();
        using var spans = new RecordedSpans();
        using var there = new ScoredRequests(shop, 1);
        shop.PlaceOn(0);
        Activity caller;
        using (caller = RecordedSpans.StartTrace())
        {
            await shop.User(UserId).RankAsync(new RankQuery { Candidates = SmallShop.ItemIds }, Cancellation);
        }

        string[] names =
        [
            GrainsActivities.ReadName, GrainsActivities.VectorsName, GrainsActivities.WaitName, GrainsActivities.BatchName, GrainsActivities.DeviceName,
            GrainsActivities.LogWaitName, GrainsActivities.LogName, StorageActivities.WaitName, StorageActivities.CommitName,
        ];
        Activity[] trace = await spans.WaitForAsync(caller, names);

        Assert.Equal(1, there.Count);
        Activity batch = Span(trace, GrainsActivities.BatchName);
        Activity scoring = Assert.Single(trace, a => a.Kind == ActivityKind.Server && a.DisplayName.Contains("IInferenceGrain", StringComparison.Ordinal));
        Assert.Equal(scoring.SpanId, batch.ParentSpanId);
        Assert.Equal(scoring.Context, Assert.Single(batch.Links).Context);
        Assert.Equal(batch.Context, Assert.Single(Span(trace, GrainsActivities.WaitName).Links).Context);
        Assert.Equal(batch.SpanId, Span(trace, GrainsActivities.DeviceName).ParentSpanId);
        Activity logged = Span(trace, GrainsActivities.LogName);
        Assert.Equal(Assert.Single(logged.Links).Context.TraceId, caller.TraceId);
        AssertWithoutUserIds(trace);
    }

    [Fact]
    public async Task AppendAsync_OnAnotherSilo_IsOneTraceFromTheCallerToTheCommit()
    {
        await using ShopCluster shop = await StartAsync();
        using var spans = new RecordedSpans();
        shop.PlaceOn(1);
        Activity caller;
        using (caller = RecordedSpans.StartTrace())
        {
            await shop.User(UserId).AppendAsync([ShopCluster.Click(UserId, SmallShop.ItemIds[0], 1)], Cancellation);
        }

        Activity[] trace = await spans.WaitForAsync(caller, StorageActivities.WaitName, StorageActivities.CommitName);

        Activity append = Assert.Single(trace, a => a.Kind == ActivityKind.Server && a.DisplayName.Contains("Append", StringComparison.Ordinal));
        Activity commit = Span(trace, StorageActivities.CommitName);
        Assert.Equal(append.Context, Assert.Single(commit.Links).Context);
        Assert.Equal(commit.Context, Assert.Single(Span(trace, StorageActivities.WaitName).Links).Context);
        AssertWithoutUserIds(trace);
    }

    [Fact]
    public async Task RankAsync_WithoutARecordedCaller_MakesNoSpansOfItsOwn()
    {
        await using ShopCluster shop = await StartAsync();
        await shop.PutItemsAsync();
        await shop.PublishAsync();
        using var spans = new RecordedSpans();
        Activity caller;
        using (caller = RecordedSpans.StartTrace())
        {
            caller.ActivityTraceFlags = ActivityTraceFlags.None;
            await shop.User(UserId).RankAsync(new RankQuery { Candidates = SmallShop.ItemIds }, Cancellation);
        }

        Assert.DoesNotContain(spans.Of(caller), a => a.Source.Name is GrainsActivities.SourceName or StorageActivities.SourceName);
    }

    private static Task<ShopCluster> StartAsync() => ShopCluster.StartAsync(
        SmallShop.Schema, 2, ["none", "cpu"], silo => silo.AddActivityPropagation(), client => client.AddActivityPropagation());

    private static Activity Span(Activity[] trace, string name) => trace.First(a => a.DisplayName == name);

    private static void AssertWithoutUserIds(Activity[] trace) => Assert.DoesNotContain(
        trace.SelectMany(a => a.TagObjects.Select(t => $"{a.DisplayName}: {t.Key} = {t.Value}").Append(a.DisplayName)),
        text => text.Contains(UserId, StringComparison.Ordinal));
}
