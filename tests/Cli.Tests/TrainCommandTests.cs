using System.Diagnostics;
using DinOrleans.Datasets.SampleShop;
using DinOrleans.Model.Artifacts;
using DinOrleans.TestMachine;

namespace DinOrleans.Cli.Tests;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Train_InterruptedByCtrlC_SavesSaysHowToResumeAndResumes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows sends Ctrl-C to a whole console, this test's own process with it.");
        // More than ten thousand steps: the interruption comes among the first of them.
        new SampleShopGenerator(new() { Users = 200, Items = 400, Topics = 20, RankingsPerUser = 10 }).Write(_folder["shop"], Cancellation);
        string[] arguments =
            ["train", "--dataset", _folder["shop"], "--out", _folder["versions"], "--epochs", "1", "--batch-size", "1", "--threads", "1", "--checkpoint", _folder["saved"]];
        Directory.CreateDirectory(_folder["saved"]);
        Task firstCheckpoint = Renamed(_folder["saved"], "checkpoint.bin");

        using Process training = Start([.. arguments, "--checkpoint-steps", "5"]);
        Task<Ended> ending = CliProcess.EndAsync(training);
        await Task.WhenAny(firstCheckpoint, ending);
        Assert.False(ending.IsCompleted, "Training ended before its first checkpoint.");
        await InterruptAsync(training);
        Ended interrupted = await ending;

        Assert.Equal(130, interrupted.Code);
        Assert.Contains($"the same command with --resume goes on from {_folder["saved/checkpoint.bin"]}", interrupted.Errors);
        Assert.False(Directory.Exists(_folder["versions"]));

        using Process resumed = Start([.. arguments, "--resume"]);
        Ended end = await CliProcess.EndAsync(resumed);
        Assert.True(end.Code == 0, end.Errors);
        Assert.True(File.Exists(Path.Combine(end.Output.Trim(), "manifest.json")), end.Output);
    }

    [Fact]
    public async Task Train_OptionsFileWithANamedVariant_TrainsItAndItsVersionHasThem()
    {
        new SampleShopGenerator(new() { Users = 100, Items = 100, Topics = 5, RankingsPerUser = 4 }).Write(_folder["shop"], Cancellation);
        string file = _folder.Write(
            "options.json",
            """
            {
              "defaults": { "options": { "topUnits": [8] }, "training": { "epochs": 5, "epochDecay": 0.9 }, "samples": { "validationShare": 0 }, "outOfVocabularyRows": 3 },
              "din-recency": { "model": "din", "options": { "attentionUnits": [6], "recency": true } }
            }
            """);
        using Process training = Start(
            ["train", "--dataset", _folder["shop"], "--out", _folder["versions"], "--model", "din-recency", "--options", "@" + file, "--epochs", "2", "--threads", "1"]);
        Ended end = await CliProcess.EndAsync(training);

        Assert.True(end.Code == 0, end.Errors);
        Assert.Matches("training: [0-9,]+ rankings of [0-9,]+ users, [0-9,]+ candidates with the positives [^;]+; [0-9,]+ positives with drawn negatives first, then [0-9,]+ as shown", end.Errors);
        Assert.Contains("validation: nothing", end.Errors);
        Assert.Contains("epoch 1/2 ", end.Errors);
        Assert.Contains("epoch 2/2 ", end.Errors);
        ArtifactManifest manifest = ArtifactManifest.Parse(await File.ReadAllTextAsync(Path.Combine(end.Output.Trim(), "manifest.json"), Cancellation));
        Assert.Equal("din", manifest.Model);
        Assert.True(manifest.Options.GetProperty("recency").GetBoolean());
        Assert.Equal([8], manifest.Options.GetProperty("topUnits").EnumerateArray().Select(u => u.GetInt32()));
        Assert.Equal([6], manifest.Options.GetProperty("attentionUnits").EnumerateArray().Select(u => u.GetInt32()));
        Assert.All(manifest.Vocabularies.Values, v => Assert.Equal(3, v.OutOfVocabularyRows));
        Assert.Equal(2, manifest.Metrics["epoch"]);
        Assert.DoesNotContain("auc", manifest.Metrics.Keys);
    }

    [Theory]
    [InlineData("din training: epochs must be 1 to 1,000", """{ "din": { "training": { "epochs": 0 } } }""")]
    [InlineData("base options: depth is unknown", """{ "base": { "options": { "depth": 3 } } }""")]
    [InlineData("model \"dinn\" is unknown", """{ "dinn": { "options": { "softmax": true } } }""")]
    [InlineData("din training: taskWeights must have one weight for each of 1 tasks", """{ "din": { "training": { "taskWeights": [1, 2] } } }""")]
    public async Task Train_OptionsThatBreakARule_NamesFieldAndRuleAndWritesNothing(string rule, string options)
    {
        string shop = DatasetFiles.Write(_folder);

        using Process training = Start(["train", "--dataset", shop, "--out", _folder["versions"], "--options", options]);
        Ended end = await CliProcess.EndAsync(training);

        Assert.Equal(1, end.Code);
        Assert.Contains(rule, end.Errors);
        Assert.False(Directory.Exists(_folder["versions"]));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Train_ResumedOnAChangedDataset_IsRefusedNamingTheDataset()
    {
        new SampleShopGenerator(new() { Users = 60, Items = 120, Topics = 10, RankingsPerUser = 4, Days = 30 }).Write(_folder["shop"], Cancellation);
        string[] arguments = ["train", "--dataset", _folder["shop"], "--out", _folder["versions"], "--epochs", "1", "--checkpoint", _folder["saved"]];
        using Process training = Start(arguments);
        Ended first = await CliProcess.EndAsync(training);
        Assert.True(first.Code == 0, first.Errors);
        string events = Path.Combine(_folder["shop"], "events.csv");
        string last = (await File.ReadAllLinesAsync(events, Cancellation))[^1];
        await File.AppendAllTextAsync(events, "late" + last[last.IndexOf(',', StringComparison.Ordinal)..] + "\n", Cancellation);

        using Process resumed = Start([.. arguments, "--resume"]);
        Ended refused = await CliProcess.EndAsync(resumed);

        Assert.Equal(1, refused.Code);
        Assert.Contains($"{_folder["saved/checkpoint.bin"]}: is of another training: dataset: its digest is ", refused.Errors);
        Assert.Single(Directory.GetDirectories(_folder["versions"]));
    }

    [Theory]
    [InlineData("--resume needs --checkpoint FOLDER.", "--resume")]
    [InlineData("--checkpoint-steps needs --checkpoint FOLDER.", "--checkpoint-steps", "5")]
    [InlineData("--threads must be a whole number, 1 to 1024, but is \"0\".", "--threads", "0")]
    [InlineData("--checkpoint-steps must be a whole number, 1 to 1000000000, but is \"0\".", "--checkpoint", "saved", "--checkpoint-steps", "0")]
    public async Task Train_OptionThatBreaksARule_SaysWhich(string rule, params string[] options)
    {
        string shop = DatasetFiles.Write(_folder);

        using Process training = Start(["train", "--dataset", shop, "--out", _folder["versions"], .. options]);
        Ended end = await CliProcess.EndAsync(training);

        Assert.Equal(1, end.Code);
        Assert.Contains(rule, end.Errors);
    }

    private Process Start(string[] arguments) => CliProcess.Start(_folder.Path, arguments);

    private static async Task InterruptAsync(Process process)
    {
        using Process kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancellation);
    }

    /// <summary>Done once a file was renamed into a folder.</summary>
    private static async Task Renamed(string folder, string name)
    {
        using var watcher = new FileSystemWatcher(folder);
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Renamed += (_, e) =>
        {
            if (e.Name == name)
            {
                seen.TrySetResult();
            }
        };
        watcher.EnableRaisingEvents = true;
        await seen.Task.WaitAsync(Cancellation);
    }
}
