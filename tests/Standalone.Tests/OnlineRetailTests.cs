using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets;
using DinOrleans.Model.Metrics;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests;

/// <summary>The whole way on real input: import, train, evaluate, publish, serve, and rank through HTTP.</summary>
[Trait("Category", "SharedData")]
[Trait("Category", "Slow")]
public sealed class OnlineRetailTests : IDisposable
{
    private const double Floor = 0.80;
    private const int RankedUsers = 1_500;

    private readonly string _folder = Directory.CreateTempSubdirectory("online-retail-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TrainedOnRealPurchases_RanksTheTrueLastItemAboveItsNegatives()
    {
        string shared = SharedData.Require("online-retail");
        string dataset = Path.Combine(_folder, "dataset"), versions = Path.Combine(_folder, "versions"), pairsFile = Path.Combine(shared, "test.csv");
        (await Commands.RunAsync("Cli", Cancellation, "import", "online-retail", Path.Combine(shared, "online_retail.csv.gz"), "--out", dataset)).Succeeded();
        await MakeSmallAsync(Path.Combine(dataset, "schema.json"));
        string trained = (await Commands.RunAsync("Cli", Cancellation,
            "train", "--dataset", dataset, "--model", "din", "--out", versions, "--epochs", "1",
            "--options", """{ "din": { "options": { "attentionUnits": [16], "topUnits": [32], "activation": "pRelu" } } }""")).Succeeded().Trim();
        JsonNode evaluated = JsonNode.Parse((await Commands.RunAsync("Cli", Cancellation,
            "evaluate", "--dataset", dataset, "--artifact", trained, "--pairs", pairsFile, "--json")).Succeeded())!;
        Assert.True((double)evaluated["uniform"]!["auc"]! > Floor, evaluated.ToJsonString());

        string before = Path.Combine(_folder, "before");
        IReadOnlyList<RankingPair> pairs = PairsFile.Read(pairsFile);
        WithoutLastItems(dataset, before, pairs);
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(
            Cancellation, "--dataset", before, "--artifact", trained, "--data", Path.Combine(_folder, "data"));
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);

        double auc = await AucAsync(server.Http, [.. pairs.Take(RankedUsers)]);
        Assert.True(auc > Floor, $"AUC {auc:F4}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Narrow embeddings and short histories: the way is the same, and takes a minute.</summary>
    private static async Task MakeSmallAsync(string schemaFile)
    {
        JsonNode schema = JsonNode.Parse(await File.ReadAllTextAsync(schemaFile, Cancellation))!;
        foreach (JsonNode? feature in schema["itemFeatures"]!.AsArray())
        {
            feature!["dimension"] = 12;
        }

        schema["behaviours"]!["maxLength"] = 20;
        await File.WriteAllTextAsync(schemaFile, schema.ToJsonString(), Cancellation);
    }

    /// <summary>The shop as it was before each tested user's last item, so that no history holds the answer.</summary>
    private static void WithoutLastItems(string from, string to, IReadOnlyList<RankingPair> pairs)
    {
        DatasetFolder dataset = DatasetFolder.Open(from);
        Dictionary<string, List<BehaviourEvent>> events = dataset.ReadEvents().GroupBy(e => e.UserId).ToDictionary(g => g.Key, g => g.ToList());
        foreach (RankingPair pair in pairs)
        {
            List<BehaviourEvent> own = events[pair.User];
            while (own[^1].ItemId == pair.Positive)
            {
                own.RemoveAt(own.Count - 1);
            }
        }

        using DatasetWriter writer = DatasetWriter.Create(to, dataset.Schema);
        foreach (var item in dataset.ReadItems())
        {
            writer.Write(item);
        }

        foreach (BehaviourEvent behaviour in events.Values.SelectMany(e => e))
        {
            writer.Write(behaviour);
        }

        writer.Commit();
    }

    private static async Task<double> AucAsync(HttpClient http, RankingPair[] pairs)
    {
        var scores = new float[pairs.Length * 2];
        bool[] labels = new bool[scores.Length];
        await Parallel.ForAsync(0, pairs.Length, Cancellation, async (i, token) =>
        {
            RankingPair pair = pairs[i];
            using HttpResponseMessage answer = await http.PostAsJsonAsync(
                "/v1/rank", new { userId = pair.User, candidates = new[] { new { itemId = pair.Positive }, new { itemId = pair.Negative } } }, token);
            JsonElement ranking = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(token);
            Assert.Equal("model", ranking.GetProperty("source").GetString());
            foreach (JsonElement item in ranking.GetProperty("items").EnumerateArray())
            {
                bool isPositive = item.GetProperty("itemId").GetString() == pair.Positive;
                scores[(2 * i) + (isPositive ? 0 : 1)] = item.GetProperty("score").GetSingle();
                labels[2 * i] = true;
            }
        });
        return RankingMetrics.Auc(scores, labels);
    }
}
