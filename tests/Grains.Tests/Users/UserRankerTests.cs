using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Inference;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Models;
using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Shop;
using DinOrleans.Grains.Telemetry;
using DinOrleans.Grains.Users;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestShop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Tests.Users;

public sealed class UserRankerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ranker-").FullName;
    private readonly ServiceProvider _services;
    private readonly IOptions<ScoringOptions> _options = Options.Create(new ScoringOptions { Workers = 1, Kernel = ScoringKernel.OnnxRuntime, DefaultDeadline = TimeSpan.FromMinutes(1) });
    private readonly GrainsInstruments _instruments;
    private readonly ModelHost _models;
    private readonly ItemCatalogue _catalogue;

    public UserRankerTests()
    {
        _services = new ServiceCollection().AddLogging().AddMetrics().AddSqliteStorage(_folder).BuildServiceProvider();
        _instruments = new(_services.GetRequiredService<IMeterFactory>());
        var loader = new ModelLoader(new FolderArtifactStore(Path.Combine(_folder, "versions")), new ShopSchema(SmallShop.Schema), _options);
        _models = new(loader, _instruments, TimeProvider.System, NullLogger<ModelHost>.Instance);
        _catalogue = new(_services.GetRequiredService<IItemStore>(), new ShopSchema(SmallShop.Schema));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static RankQuery Query { get; } = new() { Candidates = SmallShop.ItemIds };

    [Fact]
    public async Task RankAsync_RefusedByAFullQueue_GivesItsBuffersBack()
    {
        var batcher = new ScoreBatcher(_options, TimeProvider.System, _instruments, NullLogger<ScoreBatcher>.Instance);
        batcher.Dispose();
        UserRanker ranker = await RankerAsync(batcher);
        var user = new UserState("u", SmallShop.Schema);
        using var buffers = new RentedBuffers();

        await Assert.ThrowsAsync<OverloadedException>(() => ranker.RankAsync(user, Query, arm: null, keepsUnshown: false, Cancellation));

        Assert.NotEmpty(buffers.Rented);
        Assert.Equal(buffers.Rented.Order(), buffers.Returned.Order());
    }

    [Fact]
    public async Task RankAsync_WhateverItsEnd_ReleasesItsVersion()
    {
        var batcher = new ScoreBatcher(_options, TimeProvider.System, _instruments, NullLogger<ScoreBatcher>.Instance);
        UserRanker ranker = await RankerAsync(batcher);
        ModelLease lease = _models.LeaseActive()!;
        lease.Dispose();
        await ranker.RankAsync(new UserState("u", SmallShop.Schema), Query, arm: null, keepsUnshown: false, Cancellation);
        Assert.True(lease.Model.IsIdle);
        batcher.Dispose();

        await Assert.ThrowsAsync<OverloadedException>(() => ranker.RankAsync(new UserState("u", SmallShop.Schema), Query, arm: null, keepsUnshown: false, Cancellation));

        Assert.True(lease.Model.IsIdle);
    }

    [Fact]
    public async Task RankAsync_CandidatesThatAreNotAvailable_AreLeftOutAndNamed()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await PutAsync(
            Item("i1") with { Unavailable = true },
            Item("i2") with { AvailableFrom = now.AddHours(1) },
            Item("i3") with { AvailableUntil = now.AddHours(-1) },
            Item("i4") with { AvailableFrom = now.AddHours(-1), AvailableUntil = now.AddHours(1) });
        using var batcher = new ScoreBatcher(_options, TimeProvider.System, _instruments, NullLogger<ScoreBatcher>.Instance);
        UserRanker ranker = await RankerAsync(batcher);

        Ranking ranking = (await ranker.RankAsync(new UserState("u", SmallShop.Schema), Query, arm: null, keepsUnshown: false, Cancellation)).Ranking;

        Assert.Equal(["i1", "i2", "i3"], ranking.UnavailableItems);
        Assert.Equal(SmallShop.ItemIds.Except(["i1", "i2", "i3"]).Order(), ranking.Items.Select(i => i.ItemId).Order());
        Assert.Equal(["i4"], ranking.Items.Where(i => !i.UnknownItem).Select(i => i.ItemId));
    }

    [Fact]
    public async Task RankAsync_NoCandidateAvailable_AnswersNoItems()
    {
        await PutAsync(Item("i1") with { Unavailable = true });
        using var batcher = new ScoreBatcher(_options, TimeProvider.System, _instruments, NullLogger<ScoreBatcher>.Instance);
        UserRanker ranker = await RankerAsync(batcher);

        Ranking ranking = (await ranker.RankAsync(
            new UserState("u", SmallShop.Schema), new RankQuery { Candidates = ["i1"], Limit = 5, Explain = true }, arm: null, keepsUnshown: false, Cancellation)).Ranking;

        Assert.Empty(ranking.Items);
        Assert.Equal(["i1"], ranking.UnavailableItems);
        Assert.Equal(RankingSource.Model, ranking.Source);
        await PutAsync(Item("i1"));
        Assert.Null((await ranker.RankAsync(new UserState("u", SmallShop.Schema), Query, arm: null, keepsUnshown: false, Cancellation)).Ranking.UnavailableItems);
    }

    public void Dispose()
    {
        _models.Dispose();
        _catalogue.Dispose();
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Item Item(string id) => new(id, EmptyFeatures.Instance);

    private async Task PutAsync(params Item[] items)
    {
        await _services.GetRequiredService<IItemStore>().PutAsync(items, Cancellation);
        await _catalogue.RefreshAsync(Cancellation);
    }

    private async Task<UserRanker> RankerAsync(ScoreBatcher batcher)
    {
        string version = Path.GetFileName(UntrainedArtifact.Write(Path.Combine(_folder, "versions"), SmallShop.Schema, SmallShop.Values));
        await _models.ApplyAsync(new(version, Target: null, Retiring: null), Cancellation);

        // A silo that scores itself asks no other, and one with a model neither the registry nor the popularity index.
        var inference = new InferenceRouter(batcher, grains: null!, _options, TimeProvider.System);
        return new(_catalogue, _models, registry: null!, popularity: null!, inference, TimeProvider.System);
    }

    /// <summary>The buffers that this test's own calls take from the shared pools and give back.</summary>
    private sealed class RentedBuffers : EventListener
    {
        private static readonly AsyncLocal<bool> IsOfThisTest = new();

        public RentedBuffers() => IsOfThisTest.Value = true;

        public ConcurrentQueue<int> Rented { get; } = [];

        public ConcurrentQueue<int> Returned { get; } = [];

        public override void Dispose()
        {
            IsOfThisTest.Value = false;
            base.Dispose();
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Buffers.ArrayPoolEventSource")
            {
                EnableEvents(eventSource, EventLevel.Verbose);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (!IsOfThisTest.Value || eventData.EventName is not ("BufferRented" or "BufferReturned"))
            {
                return;
            }

            (eventData.EventName == "BufferRented" ? Rented : Returned).Enqueue((int)eventData.Payload![0]!);
        }
    }
}
