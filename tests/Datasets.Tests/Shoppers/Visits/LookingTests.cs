using DinOrleans.Datasets.SampleShop;
using DinOrleans.Datasets.Shoppers;
using DinOrleans.Datasets.Shoppers.Visits;

namespace DinOrleans.Datasets.Tests.Shoppers.Visits;

public sealed class LookingTests
{
    private const int Limit = 4;

    private static readonly double[] Probabilities = [0.1, 0.9, 0.3, 0.5, 0.7, 0.2];
    private static readonly ShopItem[] Items =
        [.. Enumerable.Range(0, Probabilities.Length).Select(i => new ShopItem($"i{i}", 0, 0, 1, i - 2.5, 2.5 - i, 1, 0, 0))];

    [Fact]
    public void Run_ManyTimes_LooksClicksAndBuysAtTheTrueRates()
    {
        const int Runs = 40_000;
        var curve = new ExaminationCurve(1, Limit);
        int[] order = [3, 0, 1, 4];
        int[] looked = new int[Limit];
        int[] clicked = new int[Limit];
        int[] bought = new int[Limit];
        for (int run = 0; run < Runs; run++)
        {
            VisitOutcome outcome = Run(order, curve, canBuy: true, run);
            for (int k = 0; k < Limit; k++)
            {
                looked[k] += outcome.Looked[k] ? 1 : 0;
                clicked[k] += outcome.Clicked[k] ? 1 : 0;
                bought[k] += outcome.Bought[k] ? 1 : 0;
            }
        }

        for (int k = 0; k < Limit; k++)
        {
            double looks = 1.0 / (1 + k);
            double clicks = looks * Probabilities[order[k]];
            ShopItem item = Items[order[k]];
            AssertRate(looks, looked[k], Runs);
            AssertRate(clicks, clicked[k], Runs);
            AssertRate(clicks / (1 + Math.Exp(1.6 - (0.5 * item.Quality) + (0.3 * item.PriceLevel))), bought[k], Runs);
        }
    }

    [Fact]
    public void Run_AnyOrder_ExpectsBestAndRandomAsEveryOrderTogetherSays()
    {
        var curve = new ExaminationCurve(1, Limit);
        double[] expected = [.. Orders([], Limit).Select(order => Run(order, curve, canBuy: false, 1).ExpectedClicks)];

        VisitOutcome outcome = Run([3, 0, 1, 4], curve, canBuy: false, 1);
        Assert.Equal(6 * 5 * 4 * 3, expected.Length);
        Assert.Equal(expected.Max(), outcome.BestClicks, 1e-12);
        Assert.Equal(expected.Average(), outcome.RandomClicks, 1e-12);
        Assert.Equal(0.5 + (0.1 / 2) + (0.9 / 3) + (0.7 / 4), outcome.ExpectedClicks, 1e-12);
        Assert.Equal(1 + (1 / 2.0) + (1 / 3.0) + (1 / 4.0), outcome.ExpectedLooks, 1e-12);
        Assert.DoesNotContain(true, outcome.Bought);
    }

    [Fact]
    public void Run_SameVisitInAnotherOrder_ClicksTheSameItemsWhereEverythingIsLookedAt()
    {
        var curve = new ExaminationCurve(0, Limit);
        for (int run = 0; run < 100; run++)
        {
            IEnumerable<string> one = Clicked(Run([0, 1, 3, 4], curve, canBuy: false, run));
            IEnumerable<string> other = Clicked(Run([4, 3, 0, 1], curve, canBuy: false, run));
            Assert.Equal(one.Order(StringComparer.Ordinal), other.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("The answer has no rankingId.", "", "i0")]
    [InlineData("The answer has 0 items, but must have 1 to 4.", "r")]
    [InlineData("The answer has 5 items, but must have 1 to 4.", "r", "i0", "i1", "i2", "i3", "i4")]
    [InlineData("The answer shows item \"i9\", which is not a candidate.", "r", "i0", "i9")]
    [InlineData("The answer shows item \"i0\" more than once.", "r", "i0", "i1", "i0")]
    public void Run_AnswerThatIsNoRankingOfTheCandidates_IsRefused(string message, string rankingId, params string[] items)
    {
        var random = new SeededRandom(1);
        var candidates = new TrueCandidates(Items, Probabilities, ref random);

        ShopCallException failure = Assert.Throws<ShopCallException>(
            () => Looking.Run(candidates, new(rankingId, items, "model"), Limit, new ExaminationCurve(1, Limit), canBuy: false, ref random));

        Assert.Equal(("answer", message), (failure.Kind, failure.Message));
    }

    private static VisitOutcome Run(int[] order, ExaminationCurve curve, bool canBuy, int seed)
    {
        var random = new SeededRandom(seed);
        var candidates = new TrueCandidates(Items, Probabilities, ref random);
        return Looking.Run(candidates, new("r", [.. order.Select(i => Items[i].Id)], "model"), Limit, curve, canBuy, ref random);
    }

    private static IEnumerable<string> Clicked(VisitOutcome outcome) => outcome.Shown.Where((_, k) => outcome.Clicked[k]).Select(i => i.Id);

    private static IEnumerable<int[]> Orders(int[] begun, int length) => begun.Length == length
        ? [begun]
        : Enumerable.Range(0, Items.Length).Except(begun).SelectMany(next => Orders([.. begun, next], length));

    /// <summary>The seeds are fixed, so this passes always or never; five standard errors leave no room for a wrong rate.</summary>
    private static void AssertRate(double rate, int count, int runs)
    {
        double error = Math.Sqrt(rate * (1 - rate) / runs);
        Assert.InRange((double)count / runs, rate - (5 * error), rate + (5 * error));
    }
}
