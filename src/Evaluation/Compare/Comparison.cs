using System.Globalization;
using System.Text.Json;
using DinOrleans.Evaluation.Compare.Measures;
using DinOrleans.Evaluation.Compare.Report;
using DinOrleans.Evaluation.Compare.Runs;
using DinOrleans.Training.Torch;
using DinOrleans.Training.Trainer;

namespace DinOrleans.Evaluation.Compare;

/// <summary>Runs every model with every seed, and keeps what is done: each run as a file, and the report after each run.</summary>
/// <remarks>A run that an output folder already has, of the same data, test, options and seed, is not made again.</remarks>
public sealed class Comparison
{
    public const string RunsFolder = "runs";

    /// <summary>The most seeds.</summary>
    public const int MaxSeeds = 1000;

    private readonly ComparedData _data;
    private readonly IReadOnlyList<ComparedModel> _models;
    private readonly int _seeds;
    private readonly string _output;
    private readonly TimeProvider _time;

    /// <param name="data">Log and test.</param>
    /// <param name="models">In the order of the report.</param>
    /// <param name="seeds">Seeds 1 to this, 1 to <see cref="MaxSeeds"/>.</param>
    /// <param name="output">Folder of the report; made where it is missing.</param>
    /// <param name="time">Measures the speed.</param>
    /// <exception cref="InvalidDataException">There is no seed, or options do not fit the data.</exception>
    public Comparison(ComparedData data, IReadOnlyList<ComparedModel> models, int seeds, string output, TimeProvider time)
    {
        _data = data;
        _models = models;
        _seeds = seeds is >= 1 and <= MaxSeeds ? seeds : throw new InvalidDataException($"seeds must be 1 to 1,000, but is {seeds}.");
        _output = output;
        _time = time;
        foreach (ComparedModel model in models)
        {
            model.Options.Require(model.Name, data.Log.Schema);
        }
    }

    /// <summary>Runs seed by seed, each of all models, so that what is there at any moment can be compared.</summary>
    /// <param name="messages">Told before and after each run.</param>
    /// <param name="progress">Told a few times a second.</param>
    /// <param name="cancellationToken">Stops; the report holds the runs that were done.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<ComparisonReport> RunAsync(TextWriter messages, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(_output, RunsFolder));
        List<RunResult> done = [];
        ComparisonReport report = Write(done);
        int total = _models.Count * _seeds;
        for (int seed = 1; seed <= _seeds; seed++)
        {
            foreach (ComparedModel model in _models)
            {
                string what = $"[{done.Count + 1}/{total}] {model.Name}, seed {seed}";
                RunResult? earlier = Find(model, seed);
                await messages.WriteLineAsync(earlier is null ? what : $"{what}: already done").ConfigureAwait(false);
                RunResult run = earlier ?? await RunAsync(model, seed, progress, cancellationToken).ConfigureAwait(false);
                done.Add(run);
                report = Write(done);
                await messages.WriteLineAsync("  " + Summary(run)).ConfigureAwait(false);
            }
        }

        return report;
    }

    private async Task<RunResult> RunAsync(ComparedModel model, int seed, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        RunResult run = await TorchThreads.RunAsync(
            () => CompareRun.Run(_data, model, seed, _time, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
        ReportFiles.Replace(RunFile(model, seed), JsonSerializer.Serialize(run, CompareJson.Options));
        return run;
    }

    private ComparisonReport Write(List<RunResult> done)
    {
        ComparisonReport report = ComparisonReport.Summarise(_data, _models, _seeds, done);
        ReportFiles.Write(_output, report);
        return report;
    }

    private RunResult? Find(ComparedModel model, int seed)
    {
        string file = RunFile(model, seed);
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            RunResult? run = JsonSerializer.Deserialize<RunResult>(File.ReadAllText(file), CompareJson.Options);
            return run?.Fingerprint == model.Fingerprint(_data.Fingerprint(), seed) ? run : null;
        }
        catch (JsonException)
        {
            // Of another version of this program: the run is made anew and replaces it.
            return null;
        }
    }

    private string RunFile(ComparedModel model, int seed) => Path.Combine(_output, RunsFolder, $"{model.Name}-{seed}.json");

    private static string Summary(RunResult run) => string.Create(
        CultureInfo.InvariantCulture,
        $"test AUC {Each(run.Tests, t => t.Auc)}; validation GAUC {Each(run.Validation, t => t.Gauc)}; epoch {run.BestEpoch}; {run.SamplesPerSecond:N0} samples/s; {run.PeakMemoryMiB:N0} MiB");

    private static string Each(IReadOnlyList<TestMeasures> tests, Func<TestMeasures, double> measure) => tests.Count == 0
        ? "none"
        : string.Join(", ", tests.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Task} {t.Against} {measure(t):F4}")));
}
