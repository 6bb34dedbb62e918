using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.TrainingRuns;

/// <summary>Trainings of a server that runs: asked for over REST, from its live log, and through the death of the process.</summary>
[Trait("Category", "Slow")]
public sealed class TrainingServiceTests : IDisposable
{
    /// <summary>Long enough to be killed in the middle, on the tiny shop.</summary>
    public static readonly string LongTraining = $$"""{"din": {"training": {"epochs": {{Epochs}}, "patience": {{Epochs}} } } }""";

    /// <summary>The epochs of <see cref="LongTraining"/>.</summary>
    public const int Epochs = 160;

    private readonly TinyShop _shop = new();

    /// <summary>Versions become active at once, without shadow and canary.</summary>
    private IEnumerable<string> Arguments => [.. _shop.Arguments, "--Experiments:RollOut", "Immediate", "--Training:Niceness", "0"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_OverRest_TrainsFromTheLiveLogAndTheVersionBecomesActive()
    {
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, Arguments);
        await server.LineAsync("curl", Cancellation);
        object click = new { eventId = "e1", userId = "newcomer", itemId = _shop.ItemIds[0], type = "click", timestamp = DateTimeOffset.UtcNow };
        (await server.Http.PostAsJsonAsync("/v1/events", new { events = new[] { click } }, Cancellation)).EnsureSuccessStatusCode();

        JsonElement asked = await Trainings.StartAsync(server, "a test");
        JsonElement training = await Trainings.StateAsync(server, asked.GetProperty("id").GetString()!, "published");
        Assert.Equal(("hand", "a test", 1), (Trainings.Text(training, "trigger"), Trainings.Text(training, "reason"), training.GetProperty("attempt").GetInt32()));
        Assert.NotEmpty(training.GetProperty("curve").EnumerateArray());
        string[] gates = [.. training.GetProperty("gates").EnumerateArray().Select(g => Trainings.Text(g, "name")!)];
        Assert.Equal(["gauc", "logLoss", "calibration", "storedSample", "loadTime"], gates);
        string version = Trainings.Text(training, "version")!;
        await Trainings.IsActiveAsync(server, version);
        string folder = Path.Combine(_shop.Data, "trainings", Trainings.Text(training, "id")!);
        await Eventually.BecomesAsync("the training's folder is removed", () => Directory.Exists(folder), exists => !exists, cancellationToken: Cancellation);

        JsonElement second = await Trainings.StateAsync(server, Trainings.Text(await Trainings.StartAsync(server, "again"), "id")!, "published");
        Assert.Equal(version, Trainings.Text(second, "startedFrom"));
        await Trainings.IsActiveAsync(server, Trainings.Text(second, "version")!);
        Assert.Equal(0, await server.InterruptAsync(Cancellation));
    }

    [Fact]
    public async Task Kill_DuringATraining_TheNextProcessGoesOnFromTheCheckpointAndPublishes()
    {
        string[] arguments = [.. Arguments, "--Training:Options", LongTraining];
        string id;
        string firstEpoch;
        await using (StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, arguments))
        {
            await server.LineAsync("curl", Cancellation);
            id = Trainings.Text(await Trainings.StartAsync(server, "to be killed"), "id")!;
            JsonElement running = await Trainings.UntilAsync(server, id, t => t.GetProperty("curve").GetArrayLength() >= 2);
            Assert.Equal("running", Trainings.Text(running, "state"));
            firstEpoch = running.GetProperty("curve")[0].GetRawText();
            await server.KillAsync(Cancellation);
        }

        await using StandaloneProcess next = await StandaloneProcess.StartAsync(Cancellation, arguments);
        JsonElement training = await Trainings.StateAsync(next, id, "published");
        Trainings.AssertTakenUpAgain(training);
        Assert.Equal(Enumerable.Range(1, Epochs), training.GetProperty("curve").EnumerateArray().Select(p => p.GetProperty("epoch").GetInt32()));
        Assert.Equal(firstEpoch, training.GetProperty("curve")[0].GetRawText());
        await Trainings.IsActiveAsync(next, Trainings.Text(training, "version")!);
    }

    public void Dispose() => _shop.Dispose();
}
