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
        var epochs = CommonOptions.Number("--epochs", "Epochs.", 3, 1, 1000);
        var alone = new Option<bool>("--alone") { Description = "Only our training of the small table, so that the working set is its own." };
        var command = new Command("train", "Measures training: samples/s by size of the table, and of the same model in plain TorchSharp.")
        {
            steps, threads, epochs, alone,
        };
        command.SetAction((arguments, _) =>
        {
            TorchRuntime.EnsureLoaded();
            int count = arguments.GetValue(epochs);
            var options = new TrainerOptions
            {
                Epochs = count,
                Patience = count,
                EpochDecay = 1,
                BatchSize = TrainingShop.Rankings,
                Threads = arguments.GetValue(threads),
            };
            return arguments.GetValue(alone) ? RunAloneAsync(arguments.GetValue(steps), options) : RunAsync(arguments.GetValue(steps), options);
        });
        return command;
    }

    private static async Task RunAloneAsync(int steps, TrainerOptions options)
    {
        using var turns = new Turns(1);
        Contestant small = new("DinOrleans", SmallTable, steps, turns, 0, options);
        await Start(small.Ours).ConfigureAwait(false);
        PrintHeader();
        Console.WriteLine(small.Row());
    }

    private static async Task RunAsync(int steps, TrainerOptions options)
    {
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

        PrintHeader();
        Console.WriteLine(small.Row());
        Console.WriteLine(large.Row());
        Console.WriteLine(plain.Row());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nLarge over small table: {large.SamplesPerSecond / small.SamplesPerSecond:F2}. DinOrleans over plain: {small.SamplesPerSecond / plain.SamplesPerSecond:F2}."));
    }

    private static void PrintHeader()
    {
        Console.WriteLine("| training | rows | samples/s | ms a step by epoch | assembling batches | working set MiB after each epoch |");
        Console.WriteLine("|---|---:|---:|---|---:|---|");
    }

    private static Task Start(Action run) =>
        Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
