using System.Text.Json;
using System.Xml.Linq;
using DinOrleans.Datasets;
using DinOrleans.Datasets.SampleShop;
using DinOrleans.Evaluation.Compare;
using DinOrleans.Evaluation.Compare.Report;
using DinOrleans.Evaluation.Compare.Runs;
using DinOrleans.Model.Validation;
using DinOrleans.TestLog;
using DinOrleans.TestMachine;
using DinOrleans.Training.Log;
using DinOrleans.Training.Trainer;

namespace DinOrleans.Evaluation.Tests.Compare;

public sealed class ComparisonTests : IDisposable
{
    private const string Quick = """
        {
          "defaults": { "training": { "epochs": 2, "threads": 1 }, "options": { "topUnits": [8] } },
          "din": { "options": { "attentionUnits": [8] } }
        }
        """;

    private static readonly SampleShopOptions Shop = new() { Users = 60, Items = 120, Topics = 10, RankingsPerUser = 4, Days = 30 };

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_SampleShop_ReportsEveryModelBesideTheBestReachable()
    {
        ComparedData data = await ShopDataAsync();

        await RunAsync(data, ["base", "din"], seeds: 2, _cancellation);

        JsonElement report = ReadJson();
        Assert.True(report.GetProperty("complete").GetBoolean());
        Assert.Equal(SampleShopReport.Load(Path.Combine(_folder["shop"], "sample-shop.json")).BestAucLatest, report.GetProperty("bestReachableAuc").GetDouble());
        JsonElement[] models = [.. report.GetProperty("models").EnumerateArray()];
        Assert.Equal(["base", "din"], models.Select(m => m.GetProperty("name").GetString()));
        Assert.All(models, model =>
        {
            JsonElement test = Assert.Single(model.GetProperty("tests").EnumerateArray());
            Assert.Equal("shown", test.GetProperty("against").GetString());
            Assert.InRange(test.GetProperty("auc").GetProperty("mean").GetDouble(), 0.4, 1);
            Assert.True(test.GetProperty("auc").GetProperty("deviation").GetDouble() > 0);
            Assert.True(test.GetProperty("logLoss").GetProperty("mean").GetDouble() > 0);
            Assert.True(model.GetProperty("samplesPerSecond").GetProperty("mean").GetDouble() > 0);
            Assert.True(model.GetProperty("peakMemoryMiB").GetProperty("mean").GetDouble() > 0);
        });
        double[] auc = [.. models.Select(m => m.GetProperty("tests")[0].GetProperty("auc").GetProperty("mean").GetDouble())];
        Assert.Equal(0, models[0].GetProperty("tests")[0].GetProperty("relaImpr").GetDouble(), 9);
        Assert.Equal(((auc[1] - 0.5) / (auc[0] - 0.5)) - 1, models[1].GetProperty("tests")[0].GetProperty("relaImpr").GetDouble(), 9);
    }

    [Fact]
    public async Task RunAsync_Html_IsWholeAndAsksNothingOfTheNetwork()
    {
        await RunAsync(await ShopDataAsync(), ["base", "din"], seeds: 1, _cancellation);

        string html = await File.ReadAllTextAsync(Path.Combine(_folder["report"], "report.html"), _cancellation);
        Assert.DoesNotContain("http:", html);
        Assert.DoesNotContain("https:", html);
        Assert.DoesNotContain("src=", html);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("NaN", html);
        XElement body = XDocument.Parse(html.Replace("<!DOCTYPE html>", "").Replace("<meta charset=\"utf-8\">", "")).Root!.Element("body")!;
        Assert.Contains("best reachable", body.Descendants("table").Single().Value);
        Assert.Equal(
            ["Training", "Calibration", "GAUC by history length", "GAUC by item popularity", "Attention of din", "Options"],
            body.Descendants("h2").Select(h => h.Value));
        Assert.All(body.Descendants("section"), section => Assert.Contains(section.Descendants("svg"), svg => svg.HasElements));
        Assert.Equal(5, body.Descendants("section").Count());
        Assert.Contains("Candidates are those that were shown.", html);
        Assert.DoesNotContain("sampled", html);
        Assert.Contains("How often the training rankings have the positive", html);
        Assert.Contains("all as shown", body.Descendants("pre").First().Value);
    }

    [Fact]
    public async Task RunAsync_Attention_IsWhatTheModelComputed()
    {
        await RunAsync(await ShopDataAsync(), ["base", "din"], seeds: 1, _cancellation);

        JsonElement[] runs = [.. ReadJson().GetProperty("runs").EnumerateArray()];
        Assert.Empty(runs[0].GetProperty("attention").EnumerateArray());
        JsonElement[] examples = [.. runs[1].GetProperty("attention").EnumerateArray()];
        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            double[][] weights = [.. example.GetProperty("candidates").EnumerateArray().Select(c => c.GetProperty("weights").EnumerateArray().Select(w => w.GetDouble()).ToArray())];
            Assert.All(weights, w => Assert.Equal(example.GetProperty("behaviours").GetArrayLength(), w.Length));
            Assert.True(weights.SelectMany(w => w).Distinct().Count() > weights.Length, "weights depend on behaviour and candidate");
        });
    }

    [Fact]
    public async Task RunAsync_Cancelled_LeavesAPartialReportAndGoesOnFromIt()
    {
        ComparedData data = await ShopDataAsync();
        using var cancellation = new CancellationTokenSource();
        var cancels = new Listener(p =>
        {
            if (File.Exists(Path.Combine(_folder["report"], Comparison.RunsFolder, "base-1.json")))
            {
                cancellation.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(data, ["base", "din"], 1, cancellation.Token, cancels));

        JsonElement partial = ReadJson();
        Assert.False(partial.GetProperty("complete").GetBoolean());
        Assert.Equal((2, 1), (partial.GetProperty("runsPlanned").GetInt32(), partial.GetProperty("runsDone").GetInt32()));
        Assert.Contains("1 of 2 runs are done", await File.ReadAllTextAsync(Path.Combine(_folder["report"], "report.html"), _cancellation));
        JsonElement done = partial.GetProperty("runs")[0];

        string messages = await RunAsync(data, ["base", "din"], 1, _cancellation);

        Assert.Contains("base, seed 1: already done", messages);
        Assert.DoesNotContain("din, seed 1: already done", messages);
        JsonElement whole = ReadJson();
        Assert.True(whole.GetProperty("complete").GetBoolean());
        Assert.Equal(done.GetRawText(), whole.GetProperty("runs")[0].GetRawText());
    }

    [Fact]
    public async Task RunAsync_RecordThatStatesAPropertyTwice_IsMadeAnew()
    {
        ComparedData data = await ShopDataAsync();
        await RunAsync(data, ["base"], seeds: 1, _cancellation);
        string record = Path.Combine(_folder["report"], Comparison.RunsFolder, "base-1.json");
        string text = await File.ReadAllTextAsync(record, _cancellation);
        await File.WriteAllTextAsync(record, text.Insert(text.IndexOf('{', StringComparison.Ordinal) + 1, "\"seed\": 1,"), _cancellation);

        string messages = await RunAsync(data, ["base"], seeds: 1, _cancellation);

        Assert.DoesNotContain("already done", messages);
        Assert.Contains("base, seed 1: already done", await RunAsync(data, ["base"], seeds: 1, _cancellation));
    }

    [Fact]
    public async Task RunAsync_LogWithoutImpressions_TestsLastItemsAgainstBothNegatives()
    {
        TrainingLog log = LogOf.Random();
        WriteDataset(log);
        ComparedData data = await ComparedData.LoadAsync(_folder["shop"], pairsFile: null, _cancellation);

        await RunAsync(data, ["base"], seeds: 1, _cancellation);

        JsonElement[] tests = [.. ReadJson().GetProperty("models")[0].GetProperty("tests").EnumerateArray()];
        Assert.Equal(["uniform", "popular"], tests.Select(t => t.GetProperty("against").GetString()));
        Assert.All(data.Pairs!, p => Assert.NotEqual(p.Positive, p.Negative));
    }

    [Fact]
    public async Task RunAsync_TaskWithoutPositives_IsRefusedUnlessItIsNotLearned()
    {
        WriteDataset(LogOf.Random());
        string schema = Path.Combine(_folder["shop"], "schema.json");
        await File.WriteAllTextAsync(schema, LogOf.Schema(10, new("click", ["click"]), new("buy", ["buy"])).ToJson(), _cancellation);
        ComparedData data = await ComparedData.LoadAsync(_folder["shop"], pairsFile: null, _cancellation);

        var error = await Assert.ThrowsAsync<InvalidContentException>(() => RunAsync(data, ["base"], seeds: 1, _cancellation));

        Assert.Contains("task \"buy\" has no positive", error.Message);
        Assert.Equal(0, ReadJson().GetProperty("runsDone").GetInt32());
        await RunAsync(data, ["base"], 1, _cancellation, json: """{ "base": { "training": { "epochs": 1, "threads": 1, "taskWeights": [1, 0] } } }""");
        Assert.Equal(1, ReadJson().GetProperty("runsDone").GetInt32());
    }

    [Fact]
    public async Task New_BadInput_IsRefusedBeforeAnythingIsTrained()
    {
        ComparedData data = await ShopDataAsync();
        Comparison Of(int seeds, string json) => new(data, ComparedModel.ReadAll(["din"], json, data.Samples), seeds, _folder["report"], TimeProvider.System);

        Assert.Contains("seeds must be 1 to 1,000, but is 0", Assert.Throws<InvalidContentException>(() => Of(0, "{}")).Message);
        Assert.Contains(
            "epochs must be 1 to 1,000", Assert.Throws<InvalidContentException>(() => Of(1, """{ "din": { "training": { "epochs": 0 } } }""")).Message);
        Assert.Contains("dropout must be", Assert.Throws<InvalidContentException>(() => Of(1, """{ "din": { "options": { "dropout": 1 } } }""")).Message);
        Assert.False(Directory.Exists(_folder["report"]));
    }

    private async Task<ComparedData> ShopDataAsync()
    {
        new SampleShopGenerator(Shop).Write(_folder["shop"], _cancellation);
        return await ComparedData.LoadAsync(_folder["shop"], pairsFile: null, _cancellation);
    }

    private async Task<string> RunAsync(
        ComparedData data, string[] names, int seeds, CancellationToken cancellationToken, IProgress<TrainingProgress>? progress = null, string? json = null)
    {
        json ??= names.Contains("din") ? Quick : """{ "defaults": { "training": { "epochs": 1, "threads": 1 } } }""";
        var comparison = new Comparison(data, ComparedModel.ReadAll(names, json, data.Samples), seeds, _folder["report"], TimeProvider.System);
        using var messages = new StringWriter();
        await comparison.RunAsync(messages, progress ?? new Listener(_ => { }), cancellationToken);
        return messages.ToString();
    }

    private JsonElement ReadJson() => JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder["report"], ReportFiles.Json))).RootElement;

    private void WriteDataset(TrainingLog log)
    {
        using DatasetWriter writer = DatasetWriter.Create(_folder["shop"], log.Schema);
        foreach (string item in log.ItemIds)
        {
            writer.Write(new Contracts.Items.Item(item, Contracts.EmptyFeatures.Instance));
        }

        for (int user = 0; user < log.UserIds.Count; user++)
        {
            for (int e = log.Events.UserStart[user]; e < log.Events.UserStart[user + 1]; e++)
            {
                writer.Write(new Contracts.Users.BehaviourEvent
                {
                    EventId = $"{e}",
                    UserId = log.UserIds[user],
                    ItemId = log.ItemIds[log.Events.Item[e]],
                    Type = "click",
                    Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(log.Events.Timestamp[e]),
                });
            }
        }

        writer.Commit();
    }

    private sealed class Listener(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
