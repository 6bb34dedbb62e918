using System.Globalization;
using DinOrleans.Datasets.SampleShop;
using DinOrleans.TestMachine;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Datasets.Tests.SampleShop;

public sealed class SampleShopGeneratorTests : IDisposable
{
    private static readonly SampleShopOptions Small = new() { Users = 200, Items = 400, Topics = 20, RankingsPerUser = 8 };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Default_IsPredictableWellAboveChanceAndPopularity()
    {
        SampleShopReport report = new SampleShopGenerator(new()).Write(_folder["shop"], TestContext.Current.CancellationToken);
        TestContext.Current.SendDiagnosticMessage(report.ToString());

        Assert.InRange(report.Impressions, 150_000, 250_000);
        Assert.InRange((double)report.Clicks / report.Impressions, 0.08, 0.3);
        Assert.InRange(report.BestAuc, 0.6, 0.95);
        Assert.InRange(report.BestAucLatest, 0.6, 0.95);
        Assert.True(report.BestAuc > report.PopularityAuc + 0.1, report.ToString());
        Assert.Equal(report, SampleShopReport.Load(Path.Combine(_folder["shop"], "sample-shop.json")));
    }

    [Fact]
    public void Write_SameSeed_GivesTheSameFiles()
    {
        new SampleShopGenerator(Small).Write(_folder["a"], TestContext.Current.CancellationToken);
        new SampleShopGenerator(Small).Write(_folder["b"], TestContext.Current.CancellationToken);
        new SampleShopGenerator(Small with { Seed = 2 }).Write(_folder["c"], TestContext.Current.CancellationToken);

        foreach (string file in (string[])["schema.json", "items.csv", "users.csv", "events.csv", "sample-shop.json"])
        {
            Assert.Equal(File.ReadAllText(_folder[$"a/{file}"]), File.ReadAllText(_folder[$"b/{file}"]));
        }

        Assert.NotEqual(File.ReadAllText(_folder["a/events.csv"]), File.ReadAllText(_folder["c/events.csv"]));
    }

    [Fact]
    public async Task Write_Samples_CarryExactlyTheGeneratedLabels()
    {
        var generator = new SampleShopGenerator(Small);
        generator.Write(_folder["shop"], TestContext.Current.CancellationToken);
        TrainingLog log = await TrainingLog.LoadAsync(DatasetFolder.Open(_folder["shop"]), TestContext.Current.CancellationToken);
        SampleSplit split = SampleSet.Build(log, new() { ValidationShare = 0 }).Training;

        HashSet<string> expected = [.. generator.Generate(TestContext.Current.CancellationToken).Shown
            .Select(s => $"{s.RankingId.Split("-r")[0]} {s.Moment.ToUnixTimeMilliseconds()} {s.Item.Id} {(s.Clicked ? 1 : 0)}")];
        HashSet<string> found = [.. split.Batches(64, 0, shuffle: false).SelectMany(batch => Impressions(log, batch))];
        Assert.Equal(Small.Users * Small.RankingsPerUser * Small.CandidatesPerRanking, expected.Count);
        Assert.Subset(found, expected);
    }

    [Fact]
    public async Task Write_TrueProbabilities_AreFunctionsOfWhatASampleShows()
    {
        var generator = new SampleShopGenerator(Small);
        generator.Write(_folder["shop"], TestContext.Current.CancellationToken);
        SimulatedShop shop = generator.Generate(TestContext.Current.CancellationToken);
        var items = shop.Catalogue.Items.ToDictionary(i => i.Id);
        var truth = shop.Shown.ToDictionary(s => (s.RankingId.Split("-r")[0], s.Moment.ToUnixTimeMilliseconds(), s.Item.Id), s => s.Probability);
        var clicks = new ClickModel(Small);
        TrainingLog log = await TrainingLog.LoadAsync(DatasetFolder.Open(_folder["shop"]), TestContext.Current.CancellationToken);
        StringColumn device = log.Contexts.Categorical[0];
        int found = 0;
        foreach (RankingBatch batch in SampleSet.Build(log, new() { ValidationShare = 0 }).Training.Batches(1, 0, shuffle: false))
        {
            string user = log.UserIds[batch.Users[0]];
            ShopItem[] history = [.. batch.Behaviours.Take(batch.Lengths[0]).Select(i => items[log.ItemIds[i]])];
            for (int n = 0; n < batch.CandidateCount; n++)
            {
                ShopItem item = items[log.ItemIds[batch.Candidates[n]]];
                if (truth.TryGetValue((user, log.Events.Timestamp[batch.Contexts[0]], item.Id), out double probability))
                {
                    int ageBand = shop.Shoppers[int.Parse(user.Split('-')[1], CultureInfo.InvariantCulture)].AgeBand;
                    int index = ClickModel.Devices.ToList().IndexOf(device.Values[device.Codes[batch.Contexts[0]]]);
                    Assert.Equal(probability, clicks.Probability(item, history, ageBand, index), 1e-12);
                    found++;
                }
            }
        }

        Assert.Equal(truth.Count, found);
    }

    [Fact]
    public void Generate_Behaviours_PopularityIsSkewedAndColdItemsAppearLate()
    {
        SampleShopOptions options = new();
        SimulatedShop shop = new SampleShopGenerator(options).Generate(TestContext.Current.CancellationToken);
        var clicks = shop.Events.Where(e => e.Type == "click").GroupBy(e => e.ItemId).ToDictionary(g => g.Key, g => g.Count());
        int total = clicks.Values.Sum();
        Assert.True(clicks.Values.OrderDescending().Take(options.Items / 10).Sum() > 0.35 * total, "the top tenth of the items takes a third of the clicks");

        ShopItem[] cold = [.. shop.Catalogue.Items.Where(i => i.Born > 0)];
        Assert.InRange((double)cold.Length / options.Items, 0.1, 0.2);
        var firstSeen = shop.Events.GroupBy(e => e.ItemId).ToDictionary(g => g.Key, g => g.Min(e => e.Timestamp));
        DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.All(cold.Where(i => firstSeen.ContainsKey(i.Id)), i => Assert.True((firstSeen[i.Id] - start).TotalDays >= i.Born - 1e-6));
        DateTimeOffset validation = shop.Shown[(int)(shop.Shown.Count * 0.9)].Moment;
        Assert.Contains(firstSeen.Values, first => first > validation);
    }

    [Fact]
    public void Generate_Topics_HaveSeasons()
    {
        SimulatedShop shop = new SampleShopGenerator(new()).Generate(TestContext.Current.CancellationToken);
        var topics = shop.Catalogue.Items.ToDictionary(i => i.Id, i => i.Topic);
        DateTimeOffset start = shop.Events[0].Timestamp;

        // Shares of the topics in two months half a season apart differ far more than those of two halves of one month.
        double[] Share(Func<DateTimeOffset, bool> when)
        {
            int[] found = [.. shop.Events.Where(e => e.Type == "impression" && when(e.Timestamp)).Select(e => topics[e.ItemId])];
            return [.. Enumerable.Range(0, 60).Select(t => (double)found.Count(f => f == t) / found.Length)];
        }

        double[] early = Share(t => t < start.AddDays(50) && t > start.AddDays(30) && t.Hour < 12);
        double[] sameDays = Share(t => t < start.AddDays(50) && t > start.AddDays(30) && t.Hour >= 12);
        double[] late = Share(t => t < start.AddDays(95) && t > start.AddDays(75));
        Assert.True(Distance(early, late) > 2 * Distance(early, sameDays), $"{Distance(early, late)} {Distance(early, sameDays)}");
    }

    [Fact]
    public void Generate_Clicks_FollowTheMatchingBehavioursAndNotTheirShare()
    {
        var options = new SampleShopOptions();
        SimulatedShop shop = new SampleShopGenerator(options).Generate(TestContext.Current.CancellationToken);
        var clicks = new ClickModel(options);
        ShopItem candidate = shop.Catalogue.Items[0];
        ShopItem[] match = [.. shop.Catalogue.Items.Where(i => i.Topic == candidate.Topic && i.Shop == candidate.Shop && i != candidate).Take(2)];
        ShopItem[] others = [.. shop.Catalogue.Items.Where(i => i.Topic != candidate.Topic).Take(40)];

        double none = clicks.Probability(candidate, others, 0, 0);
        double few = clicks.Probability(candidate, match, 0, 0);
        double among = clicks.Probability(candidate, [.. match, .. others], 0, 0);
        Assert.True(few > 2 * none);
        Assert.Equal(few, among, 1e-12);
    }

    [Fact]
    public void Generate_Drift_MakesOldBehavioursSayLess()
    {
        var options = new SampleShopOptions { InterestDrift = 0.5 };
        SimulatedShop shop = new SampleShopGenerator(options).Generate(TestContext.Current.CancellationToken);
        var clicks = new ClickModel(options);
        ShopItem candidate = shop.Catalogue.Items[0];
        ShopItem match = shop.Catalogue.Items.First(i => i.Topic == candidate.Topic && i.Shop == candidate.Shop && i != candidate);
        ShopItem[] others = [.. shop.Catalogue.Items.Where(i => i.Topic != candidate.Topic).Take(40)];

        Assert.True(clicks.Probability(candidate, [.. others, match], 0, 0) > 1.2 * clicks.Probability(candidate, [match, .. others], 0, 0));
        Assert.InRange(new SampleShopGenerator(options).Report(shop).BestAuc, 0.6, 0.95);
    }

    private static IEnumerable<string> Impressions(TrainingLog log, RankingBatch batch)
    {
        for (int i = 0; i < batch.Rankings * batch.CandidateCount; i++)
        {
            int r = i / batch.CandidateCount;
            if (batch.Candidates[i] >= 0)
            {
                yield return $"{log.UserIds[batch.Users[r]]} {log.Events.Timestamp[batch.Contexts[r]]} {log.ItemIds[batch.Candidates[i]]} {batch.Labels[i]}";
            }
        }
    }

    private static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Sum();
}
