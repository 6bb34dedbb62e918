using System.IO.Hashing;
using System.Text;
using DinOrleans.Datasets.SampleShop;
using DinOrleans.Datasets.Shoppers;
using DinOrleans.Datasets.Shoppers.Crowd;
using DinOrleans.Datasets.Shoppers.Reporting;
using DinOrleans.Datasets.Shoppers.Visits;

namespace DinOrleans.Datasets.Tests.Shoppers.Crowd;

/// <summary>Runs a crowd of a small shop in virtual time.</summary>
internal static class CrowdRun
{
    public static readonly SampleShopOptions Shop = new() { Users = 60, Items = 200, Topics = 12, RankingsPerUser = 6, Days = 60 };
    public static readonly ShoppersOptions Small = new() { Candidates = 40, Limit = 8, Concurrency = 1 };
    public static readonly DateTimeOffset Start = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public static VisitClock Clock => VisitClock.Virtual(Start, TimeSpan.FromMinutes(1));

    public static async Task<ShopperSummary> RunAsync(IShop shop, ShoppersOptions options, int visits = 2000)
    {
        var report = new ShopperReport(TimeProvider.System);
        await new ShopperCrowd(GeneratedShop.Generate(Shop), options).RunAsync(shop, Clock, visits, report, TestContext.Current.CancellationToken);
        return report.Summary();
    }

    /// <summary>An order that follows from the query and says nothing of how items are liked.</summary>
    public static IEnumerable<string> AnyOrder(ShopQuery query)
    {
        string salt = string.Concat(query.Candidates.Take(5));
        return query.Candidates.OrderBy(item => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(salt + item)));
    }
}
