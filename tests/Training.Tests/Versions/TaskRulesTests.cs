using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;
using DinOrleans.TestLog;
using DinOrleans.TestMachine;
using DinOrleans.Training.Log;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Tests.Versions;

public sealed class TaskRulesTests : IDisposable
{
    private static readonly FeatureSchema Schema = LogOf.Schema(10, new RankingTask("click", ["click"]), new RankingTask("buy", ["buy", "order"]));
    private static readonly string[] Clicks = ["u a click 1", "u b click 2", "v a click 1", "v b click 3"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_TaskWithoutPositives_IsRefusedBeforeTraining()
    {
        string message = (await Assert.ThrowsAsync<InvalidContentException>(() => RunAsync(LogOf.Events(Schema, ["n"], Clicks), new()))).Message;
        Assert.Contains("task \"buy\" has no positive in the 2 training rankings", message, StringComparison.Ordinal);
        Assert.Contains("(\"buy\", \"order\")", message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task RunAsync_TaskWithoutPositivesThatIsNotLearned_Trains() =>
        Assert.True(Directory.Exists((await RunAsync(LogOf.Events(Schema, ["n"], Clicks), new() { TaskWeights = [1, 0], Epochs = 1, Threads = 1 })).Folder));

    [Fact]
    public async Task RunAsync_EveryTaskWithAPositive_Trains() =>
        Assert.True(Directory.Exists((await RunAsync(LogOf.Events(Schema, ["n"], [.. Clicks, "u b order 4"]), new() { Epochs = 1, Threads = 1 })).Folder));

    [Fact]
    public void ParseWeights_OfEveryTask_GivesThemInTheOrderOfTheSchema() => Assert.Equal([0.5, 2], TaskRules.ParseWeights("buy=2, click=0.5", Schema));

    [Theory]
    [InlineData("click=1", "\"buy\" must have a weight")]
    [InlineData("click=1,buy=2,like=1", "\"like\" is not a task. The tasks are click, buy")]
    [InlineData("click=1,click=1,buy=2", "\"click\" must be named once")]
    [InlineData("click=1,buy", "\"buy\" must be a task and its weight")]
    [InlineData("click=1,buy=much", "\"buy=much\" must be a task and its weight")]
    public void ParseWeights_BadText_NamesTheRule(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidContentException>(() => TaskRules.ParseWeights(text, Schema)).Message, StringComparison.Ordinal);

    private Task<TrainedVersion> RunAsync(TrainingLog log, Training.Trainer.TrainerOptions trainer) => VersionTrainer.TrainAsync(
        log,
        new()
        {
            Model = "base",
            ModelOptions = """{ "topUnits": [4], "activation": "relu" }""",
            MinimumCount = 1,
            Samples = new() { ValidationShare = 0 },
            Trainer = trainer,
        },
        _folder.Path,
        TimeProvider.System,
        progress: null,
        TestContext.Current.CancellationToken);
}
