using System.CommandLine;
using System.Globalization;
using DinOrleans.Benchmarks.Cli;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;
using DinOrleans.Training.Log;
using DinOrleans.Training.Torch.NativeLibraries;
using DinOrleans.Training.Versions;

namespace DinOrleans.Benchmarks.Train;

/// <summary><c>train-lists</c>: trains on impression lists of very different length, the longest 283 and the mean 38, after histories of up to 50.</summary>
internal static class ListsCommand
{
    private const int Items = 20_000;
    private const int Width = 32;
    private const int LongestList = 283;
    private const double MeanList = 38;
    private const double Spread = 0.8;
    private const double BytesPerMiB = 1 << 20;

    public static Command Create()
    {
        var lists = CommonOptions.Number("--lists", "Impression lists.", 5000, 100, 1_000_000);
        var threads = CommonOptions.Number("--threads", "Threads of a step.", Environment.ProcessorCount, 1, 1024);
        var model = new Option<string>("--model") { Description = "Model, with its default options.", DefaultValueFactory = _ => "din" };
        var command = new Command("train-lists", "Measures training on impression lists of different length: samples/s and peak memory.") { lists, threads, model };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            TorchRuntime.EnsureLoaded();
            TrainingLog log = await LogAsync(arguments.GetValue(lists), cancellationToken).ConfigureAwait(false);
            var options = new VersionOptions
            {
                Model = arguments.GetValue(model)!,
                Trainer = new() { Epochs = 1, Threads = arguments.GetValue(threads) },
            };
            double before = Environment.WorkingSet / BytesPerMiB;
            string folder = Directory.CreateTempSubdirectory("train-lists").FullName;
            try
            {
                TrainedVersion trained = await VersionTrainer.TrainAsync(log, options, folder, TimeProvider.System, null, cancellationToken).ConfigureAwait(false);
                using var process = System.Diagnostics.Process.GetCurrentProcess();
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{options.Model}: {trained.Outcome.Epochs[0].SamplesPerSecond:N0} samples/s; working set {before:N0} MiB before, at most {process.PeakWorkingSet64 / BytesPerMiB:N0} MiB"));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }

    /// <summary>A click or none in each list; how many clicks came before decides the history.</summary>
    private static Task<TrainingLog> LogAsync(int lists, CancellationToken cancellationToken)
    {
        var schema = new FeatureSchema
        {
            ItemFeatures = [new(FeatureSchema.ItemId, Width)],
            Tasks = [new("click", ["click"])],
            Behaviours = new(["click"], 50),
            OtherEvents = ["impression"],
        };
        return TrainingLog.LoadAsync(
            schema,
            AsyncEnumerable.Empty<Item>(),
            AsyncEnumerable.Empty<KeyValuePair<string, UserProfile>>(),
            Events(lists).ToAsyncEnumerable(),
            cancellationToken);
    }

    private static IEnumerable<BehaviourEvent> Events(int lists)
    {
        const int ListsPerUser = 10;
        var random = new Random(7);
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        int id = 0;
        for (int list = 0; list < lists; list++)
        {
            string user = (list / ListsPerUser).ToString(CultureInfo.InvariantCulture);
            DateTimeOffset time = start.AddDays(list % ListsPerUser).AddSeconds(list / ListsPerUser);
            for (int past = list % ListsPerUser == 0 ? random.Next(60) : 0; past > 0; past--)
            {
                yield return Event(user, "click", time.AddMinutes(-past), null, random);
            }

            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            int length = list == 0 ? LongestList : (int)Math.Clamp(MeanList * Math.Exp((Spread * normal) - (Spread * Spread / 2)), 2, LongestList);
            for (int shown = 0; shown < length; shown++)
            {
                BehaviourEvent impression = Event(user, "impression", time, list.ToString(CultureInfo.InvariantCulture), random);
                yield return impression;
                if (shown % 20 == 0)
                {
                    yield return impression with { EventId = $"e{id++}", Type = "click", Timestamp = time.AddSeconds(1) };
                }
            }
        }

        BehaviourEvent Event(string user, string type, DateTimeOffset time, string? ranking, Random from) => new()
        {
            EventId = $"e{id++}",
            UserId = user,
            ItemId = Math.Min(Items - 1, (int)Math.Exp(from.NextDouble() * Math.Log(Items))).ToString(CultureInfo.InvariantCulture),
            Type = type,
            Timestamp = time,
            RankingId = ranking,
        };
    }
}
