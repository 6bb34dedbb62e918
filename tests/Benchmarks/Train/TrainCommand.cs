using System.CommandLine;
using System.Globalization;
using DinOrleans.Benchmarks.Cli;
using DinOrleans.Training.Torch.NativeLibraries;
using DinOrleans.Training.Trainer;

namespace DinOrleans.Benchmarks.Train;

/// <summary><c>train</c>: the trainer over a small and a large table, against the same model written the plain way.</summary>
internal static class TrainCommand
{
    private const int SmallTable = 100_000;
    private const int LargeTable = 10_000_000;

    public static Command Create()
    {
        var steps = CommonOptions.Number("--steps", "Steps an epoch; the first of each is not measured.", 8, 2, 1000);
        var threads = CommonOptions.Number("--threads", "Threads of a step.", Environment.ProcessorCount, 1, 1024);
        var command = new Command("train", "Measures training: samples/s by size of the table, and of the same model in plain TorchSharp.") { steps, threads };
        command.SetAction((arguments, _) => RunAsync(arguments.GetValue(steps), arguments.GetValue(threads)));
        return command;
    }

    private static async Task RunAsync(int steps, int threads)
    {
        TorchRuntime.EnsureLoaded();
        var options = new TrainerOptions { Epochs = 3, Patience = 3, BatchSize = TrainingShop.Rankings, Threads = threads };
        using var turns = new Turns(3);
        Contestant large = new("DinOrleans", LargeTable, steps, turns, 0, options);
        Contestant small = new("DinOrleans", SmallTable, steps, turns, 1, options);
        Contestant plain = new("plain TorchSharp", SmallTable, steps, turns, 2, options);
        Task[] running = [Start(large.Ours), Start(small.Ours), Start(plain.Plain)];

        // Whoever fails never passes the turn, so that the others would wait for it for good.
        await foreach (Task done in Task.WhenEach(running).ConfigureAwait(false))
        {
            await done.ConfigureAwait(false);
        }

        Console.WriteLine("| training | rows | samples/s | ms a step by epoch | assembling batches | working set MiB after each epoch |");
        Console.WriteLine("|---|---:|---:|---|---:|---|");
        Console.WriteLine(small.Row());
        Console.WriteLine(large.Row());
        Console.WriteLine(plain.Row());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nLarge over small table: {large.SamplesASecond / small.SamplesASecond:F2}. DinOrleans over plain: {small.SamplesASecond / plain.SamplesASecond:F2}."));
    }

    private static Task Start(Action run) =>
        Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
