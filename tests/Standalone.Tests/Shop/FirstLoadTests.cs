using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Datasets.SampleShop;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Shop;

/// <summary>A server that is asked for rankings while it loads its dataset.</summary>
public sealed class FirstLoadTests : IDisposable
{
    private const int Users = 40;

    private readonly TinyShop _shop = new(new SampleShopOptions { Users = Users, Items = 100, Topics = 10, RankingsPerUser = 200, Days = 200 });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Rankings_DuringTheFirstLoad_DoNotLeaveUsersWithHalfTheirHistory()
    {
        int[] first;
        await using (StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, _shop.Arguments))
        {
            await Eventually.BecomesAsync<int[]>(
                "the dataset is loaded, while all users are ranked",
                () => RankAllAsync(server),
                _ => server.Output.Contains("Loaded ", StringComparison.Ordinal),
                TimeSpan.FromMinutes(10),
                Cancellation);
            await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
            first = await RankAllAsync(server);
        }

        await using StandaloneProcess second = await StandaloneProcess.StartAsync(Cancellation, _shop.Arguments);
        await second.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
        int[] fromDisk = await RankAllAsync(second);
        Assert.All(fromDisk, length => Assert.True(length > 0));
        Assert.Equal(fromDisk, first);
    }

    /// <summary>The length of the history that each user's ranking used.</summary>
    private async Task<int[]> RankAllAsync(StandaloneProcess server)
    {
        int[] lengths = new int[Users];
        for (int i = 0; i < Users; i++)
        {
            var body = new { userId = $"user-{i}", candidates = _shop.ItemIds.Take(2).Select(itemId => new { itemId }) };
            using HttpResponseMessage answer = await server.Http.PostAsJsonAsync("/v1/rank", body, Cancellation);
            JsonElement ranking = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
            lengths[i] = ranking.GetProperty("historyLength").GetInt32();
        }

        return lengths;
    }
}
