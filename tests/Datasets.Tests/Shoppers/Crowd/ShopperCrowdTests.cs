using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.Shoppers;
using DinOrleans.Datasets.Shoppers.Crowd;
using DinOrleans.Datasets.Shoppers.Reporting;
using DinOrleans.Datasets.Shoppers.Visits;

namespace DinOrleans.Datasets.Tests.Shoppers.Crowd;

public sealed class ShopperCrowdTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ManyVisits_ClicksAreWhatTheTrueProbabilitiesExpect()
    {
        ShopperSummary summary = await CrowdRun.RunAsync(new FakeShop(CrowdRun.AnyOrder), CrowdRun.Small with { Concurrency = 4 }, visits: 20_000);

        RankingSummary total = summary.Total;
        Assert.Equal((20_000L, 20_000L, 160_000L, 0L), (summary.Visits, total.Rankings, total.Shown, total.Conversions));
        Assert.Empty(summary.Errors);

        // Clicks of one ranking vary by less than their number on average, as sums of independent ones do.
        double error = Math.Sqrt(total.ExpectedClicksPerRanking!.Value / total.Rankings);
        Assert.InRange(total.ClicksPerRanking!.Value, total.ExpectedClicksPerRanking.Value - (5 * error), total.ExpectedClicksPerRanking.Value + (5 * error));

        Assert.InRange(total.Achieved!.Value, -0.1, 0.1);
        Assert.True(total.BestClicksPerRanking > 1.3 * total.RandomClicksPerRanking, total.ToString());
        Assert.Equal(total.BestClicksPerRanking!.Value - total.ExpectedClicksPerRanking.Value, total.Regret!.Value, 1e-9);
        Assert.Equal(Enumerable.Range(1, 8), summary.Positions.Select(p => p.Position));
        Assert.All(summary.Positions, p => Assert.InRange((double)p.Looked / p.Shown * p.Position, 0.9, 1.1));
        Assert.Equal(total.Clicks, summary.Positions.Sum(p => p.Clicks));
        Assert.Equal(total.Looked, summary.Positions.Sum(p => p.Looked));
    }

    [Fact]
    public async Task Run_AnyConcurrencyAndOrderOfAnswers_GivesTheSameEvents()
    {
        var one = new FakeShop(CrowdRun.AnyOrder);
        var many = new FakeShop(CrowdRun.AnyOrder) { Pause = async () => await Task.Yield() };
        ShoppersOptions options = CrowdRun.Small with { ConversionType = "buy", SendsImpressions = true, Drift = 0.3 };

        ShopperSummary oneByOne = await CrowdRun.RunAsync(one, options);
        ShopperSummary sideBySide = await CrowdRun.RunAsync(many, options with { Concurrency = 32 });

        Assert.Equal(oneByOne.Total.Clicks, sideBySide.Total.Clicks);
        Assert.Equal(oneByOne.Total.BestClicksPerRanking!.Value, sideBySide.Total.BestClicksPerRanking!.Value, 1e-9);
        Assert.Equal(one.Events.Keys.Order(StringComparer.Ordinal), many.Events.Keys.Order(StringComparer.Ordinal));
        foreach ((string user, List<BehaviourEvent> events) in one.Events)
        {
            Assert.Equal(events.Select(Text), many.Events[user].Select(Text));
        }
    }

    [Fact]
    public async Task Run_AnotherSeed_GivesOtherEvents()
    {
        var one = new FakeShop(CrowdRun.AnyOrder);
        var other = new FakeShop(CrowdRun.AnyOrder);

        await CrowdRun.RunAsync(one, CrowdRun.Small, visits: 200);
        await CrowdRun.RunAsync(other, CrowdRun.Small with { Seed = 2 }, visits: 200);

        Assert.NotEqual(one.Events.Values.SelectMany(e => e.Select(Text)).Order(), other.Events.Values.SelectMany(e => e.Select(Text)).Order());
    }

    [Fact]
    public async Task Run_Events_NameTheirRankingHaveOwnIdsAndKeepTheirOrder()
    {
        var shop = new FakeShop(CrowdRun.AnyOrder);

        ShopperSummary summary = await CrowdRun.RunAsync(shop, CrowdRun.Small with { ConversionType = "buy", SendsImpressions = true });

        foreach (List<BehaviourEvent> events in shop.Events.Values)
        {
            Assert.Equal(events.Count, events.Select(e => e.EventId).Distinct().Count());
            Assert.Equal(events.OrderBy(e => e.Timestamp).Select(e => e.EventId), events.Select(e => e.EventId));
            Assert.Equal(events.Count, events.Select(e => e.Timestamp).Distinct().Count());
            Assert.All(events, e => Assert.True(e.Type == "click" || e.RankingId is not null, e.ToString()));
            Assert.All(events, e => Assert.Contains("device", e.Context));
        }

        BehaviourEvent[] all = [.. shop.Events.Values.SelectMany(e => e)];
        Assert.Equal(summary.Total.Clicks, all.Count(e => e is { Type: "click", RankingId: not null }));
        Assert.Equal(summary.Total.Looked, all.Count(e => e.Type == "impression"));
        Assert.Equal(summary.Total.Conversions, all.Count(e => e.Type == "buy"));
        Assert.InRange((double)summary.Total.Conversions / summary.Total.Clicks, 0.05, 0.5);
        Assert.InRange(all.Count(e => e.RankingId is null), 900, 1100);
    }

    [Fact]
    public async Task Run_EventsTheShopKnows_AreWhatTastesGoOnFrom()
    {
        GeneratedShop shop = GeneratedShop.Generate(CrowdRun.Shop, Cancellation);
        BehaviourEvent[] known = [.. Enumerable.Range(0, 3).Select(i => Click(shop.Catalogue.Items[7].Id, CrowdRun.Start.AddDays(1 + i)))];
        var told = new FakeShop(CrowdRun.AnyOrder) { Known = _ => known };
        var untold = new FakeShop(CrowdRun.AnyOrder);
        var report = new ShopperReport(TimeProvider.System);

        await new ShopperCrowd(shop, CrowdRun.Small).RunAsync(told, CrowdRun.Clock, 300, report, Cancellation);
        ShopperSummary alone = await CrowdRun.RunAsync(untold, CrowdRun.Small, 300);

        // The same candidates, liked by other tastes; and no event before what is known.
        Assert.NotEqual(alone.Total.BestClicksPerRanking!.Value, report.Summary().Total.BestClicksPerRanking!.Value, 1e-3);
        Assert.All(told.Events.Values.SelectMany(e => e), e => Assert.True(e.Timestamp > known[^1].Timestamp));
        Assert.Equal(0, report.Summary().UnknownShoppers);
    }

    [Fact]
    public async Task Run_ShopThatKnowsNobody_IsReported()
    {
        ShopperSummary summary = await CrowdRun.RunAsync(new FakeShop(CrowdRun.AnyOrder) { Known = _ => [] }, CrowdRun.Small, 500);

        Assert.Equal(CrowdRun.Shop.Users, summary.UnknownShoppers);
        Assert.Contains("warning: the server knows nothing of 60 shoppers", ReportText.Compose(summary));
    }

    [Fact]
    public async Task Run_AnswersWithVariants_AreReportedEachByItself()
    {
        int number = 0;
        var shop = new FakeShop(CrowdRun.AnyOrder)
        {
            Answer = r => ++number % 4 == 0 ? r with { Variant = "b", Version = "v2" } : number % 4 == 1 ? r with { Source = "popularity", Version = null } : r with { Variant = "a" },
        };

        ShopperSummary summary = await CrowdRun.RunAsync(shop, CrowdRun.Small, 400);

        Assert.Equal([("a", 200L), ("b", 100L), ("none", 100L)], summary.Variants.Select(v => (v.Key, v.Value.Rankings)));
        Assert.Equal([("none", 100L), ("v1", 200L), ("v2", 100L)], summary.Versions.Select(v => (v.Key, v.Value.Rankings)));
        Assert.Equal([("model", 300L), ("popularity", 100L)], summary.Sources.Select(v => (v.Key, v.Value.Rankings)));
        Assert.Equal(summary.Total.Clicks, summary.Variants.Values.Sum(v => v.Clicks));
    }

    [Fact]
    public async Task Run_CallsThatFail_AreCountedByKindWithTheFirstText()
    {
        int number = 0;
        var shop = new FakeShop(CrowdRun.AnyOrder)
        {
            Answer = r => ++number % 2 == 0 ? throw new ShopCallException("500", $"failure {number}") : r,
        };

        ShopperSummary summary = await CrowdRun.RunAsync(shop, CrowdRun.Small, 100);

        Assert.Equal([new CallErrors(ShopCall.Rank, "500", 50, "failure 2")], summary.Errors);
        Assert.Equal((100L, 50L), (summary.Visits, summary.Total.Rankings));
        Assert.Contains("Rank 500: 50, the first: failure 2", ReportText.Compose(summary));
    }

    [Fact]
    public async Task Run_ExceptionOfTheShopItself_EndsTheWholeRun()
    {
        int number = 0;
        var shop = new FakeShop(CrowdRun.AnyOrder) { Answer = r => Interlocked.Increment(ref number) == 50 ? throw new InvalidOperationException("broken") : r };

        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => CrowdRun.RunAsync(shop, CrowdRun.Small with { Concurrency = 4 }, visits: int.MaxValue));

        Assert.Equal("broken", failure.Message);
    }

    [Fact]
    public async Task Run_Stopped_EndsWithWhatWasSeen()
    {
        using var stop = new CancellationTokenSource();
        int number = 0;
        var shop = new FakeShop(CrowdRun.AnyOrder)
        {
            Answer = r =>
            {
                if (Interlocked.Increment(ref number) == 100)
                {
                    stop.Cancel();
                }

                return r;
            },
        };
        var report = new ShopperReport(TimeProvider.System);

        await new ShopperCrowd(GeneratedShop.Generate(CrowdRun.Shop, Cancellation), CrowdRun.Small).RunAsync(shop, CrowdRun.Clock, int.MaxValue, report, stop.Token);

        Assert.Equal((100L, 100L, 0L), (report.Summary().Visits, report.Summary().Total.Rankings, report.Summary().CutShort));
    }

    [Fact]
    public async Task Run_AgainInRounds_IsTheSameAsInOne()
    {
        var one = new FakeShop(CrowdRun.AnyOrder);
        var rounds = new FakeShop(CrowdRun.AnyOrder);
        await CrowdRun.RunAsync(one, CrowdRun.Small, 300);

        var crowd = new ShopperCrowd(GeneratedShop.Generate(CrowdRun.Shop, Cancellation), CrowdRun.Small);
        for (int round = 0; round < 3; round++)
        {
            VisitClock clock = VisitClock.Virtual(CrowdRun.Start.AddMinutes(100 * round), TimeSpan.FromMinutes(1));
            await crowd.RunAsync(rounds, clock, 100, new(TimeProvider.System), Cancellation);
        }

        Assert.Equal(one.Events.Values.SelectMany(e => e.Select(Text)).Order(), rounds.Events.Values.SelectMany(e => e.Select(Text)).Order());
    }

    [Fact]
    public async Task TrueProbabilities_AsTheOrder_AreTheBestThatIsReported()
    {
        ShopperCrowd? crowd = null;
        IEnumerable<string> Best(ShopQuery query) => query.Candidates.Zip(crowd!.TrueProbabilities(query)).OrderByDescending(c => c.Second).Select(c => c.First);
        var report = new ShopperReport(TimeProvider.System);
        crowd = new ShopperCrowd(GeneratedShop.Generate(CrowdRun.Shop, Cancellation), CrowdRun.Small with { Drift = 0.2, Concurrency = 4 });

        await crowd.RunAsync(new FakeShop(Best), CrowdRun.Clock, 1000, report, Cancellation);

        Assert.Equal(0, report.Summary().Total.Regret!.Value, 1e-9);
        Assert.Equal(1, report.Summary().Total.Achieved!.Value, 1e-9);
    }

    [Theory]
    [InlineData("user \"nobody\" is not one of the shoppers", "nobody", "item-1", "ios")]
    [InlineData("item \"nothing\" is not in the catalogue", "user-1", "nothing", "ios")]
    [InlineData("context must have a device of ios, android, web", "user-1", "item-1", "fridge")]
    public void TrueProbabilities_OfAnotherQuery_SaysWhy(string message, string user, string item, string device)
    {
        var crowd = new ShopperCrowd(GeneratedShop.Generate(CrowdRun.Shop, Cancellation), CrowdRun.Small);
        var query = new ShopQuery(user, [item], new Dictionary<string, string> { ["device"] = device }, 1);

        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => crowd.TrueProbabilities(query)).Message);
    }

    private static BehaviourEvent Click(string item, DateTimeOffset time) =>
        new() { EventId = $"known-{time.Ticks}", UserId = "any", ItemId = item, Type = "click", Timestamp = time };

    private static string Text(BehaviourEvent e) => $"{e.UserId} {e.EventId} {e.ItemId} {e.Type} {e.Timestamp:O} {e.RankingId} {e.Context["device"]}";
}
