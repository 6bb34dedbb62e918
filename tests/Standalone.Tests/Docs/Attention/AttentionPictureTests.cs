using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Docs.Attention;

/// <summary>Draws the pictures of docs/explanation/din.md from a freshly trained version, where the environment variable DINORLEANS_PICTURES asks for them.</summary>
[Trait("Category", "Slow")]
public sealed class AttentionPictureTests : IDisposable
{
    private const string Switch = "DINORLEANS_PICTURES";
    private const int Users = 200;
    private const int Candidates = 20;
    private const int LeastHistory = 40;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Attention_OfATrainedSampleShop_GoesToWhatClicksDependOn()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Switch) == "1", $"{Switch}=1 draws the pictures of the documentation again.");
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, "--data", _folder["data"]);
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
        var shop = new AttentionShop(server.Http, Cancellation);
        await shop.LoadAsync();
        var byMatch = new AttentionByMatch();
        string? map = null;
        for (int i = 0; i < Users; i++)
        {
            string user = AttentionShop.User(i);
            IReadOnlyList<ShopItem> history = await shop.HistoryAsync(user);
            foreach (AttentiveCandidate candidate in await shop.RankAsync(user, Draw(shop, history, i)))
            {
                byMatch.Add(candidate);
            }

            IReadOnlyList<ShopItem> chosen = history.Count >= LeastHistory ? AttentionMap.Choose(shop.Items, history) : [];
            if (map is null && chosen.Count == 8)
            {
                map = AttentionMap.Draw(user, await shop.RankAsync(user, chosen));
            }
        }

        // What the page says of the pictures.
        Assert.Equal(byMatch.Means.Max(), byMatch.Means[0]);
        Assert.NotNull(map);
        await File.WriteAllTextAsync(RepositoryFolder.Of("docs/images/attention-map.svg"), map, Cancellation);
        await File.WriteAllTextAsync(RepositoryFolder.Of("docs/images/attention-by-match.svg"), byMatch.Draw(), Cancellation);
    }

    /// <summary>Candidates of which half are of categories that the user has clicked, so that there is something to attend to.</summary>
    private static ShopItem[] Draw(AttentionShop shop, IReadOnlyList<ShopItem> history, int seed)
    {
        var random = new Random(seed);
        HashSet<string> categories = [.. history.Select(h => h.Category)];
        ShopItem[] items = [.. shop.Items.OrderBy(i => i.Id, StringComparer.Ordinal)];
        random.Shuffle(items);
        return [.. items.Where(i => categories.Contains(i.Category)).Take(Candidates / 2), .. items.Where(i => !categories.Contains(i.Category)).Take(Candidates / 2)];
    }
}
