using System.Globalization;
using System.Text.Json;
using DinOrleans.Evaluation.Compare.Measures;
using DinOrleans.Evaluation.Compare.Report;
using DinOrleans.Evaluation.Compare.Runs;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Torch;
using DinOrleans.Training.Trainer;

namespace DinOrleans.Evaluation.Compare;

/// <summary>Runs every model with every seed. It keeps each run as a file, and writes the report anew after each run.</summary>
/// <remarks>A run of the same data, test, options and seed that the output folder already has is not repeated.</remarks>
public sealed class Comparison
{
    public const string RunsFolder = "runs";

    /// <summary>The largest number of seeds.</summary>
    public const int MaxSeeds = 1000;

    private readonly ComparedData _data;
    private readonly IReadOnlyList<ComparedModel> _models;
    private readonly int _seeds;
    private readonly string _output;
    private readonly TimeProvider _time;

    /// <param name="data">The data to train and test on.</param>
    /// <param name="models">The models in the order of the report.</param>
    /// <param name="seeds">The number of seeds, 1 to <see cref="MaxSeeds"/>. The seeds are 1 to this number.</param>
    /// <param name="output">The folder of the report. A missing folder is created.</param>
    /// <param name="time">Measures the speed.</param>
    /// <exception cref="InvalidContentException">The number of seeds is out of range, or options do not fit the data.</exception>
    public Comparison(ComparedData data, IReadOnlyList<ComparedModel> models, int seeds, string output, TimeProvider time)
    {
        _data = data;
        _models = models;
        _seeds = seeds is >= 1 and <= MaxSeeds ? seeds : throw new InvalidContentException($"seeds must be 1 to 1,000, but is {seeds}.");
        _output = output;
        _time = time;
        foreach (ComparedModel model in models)
        {
            model.Options.Require(model.Name, data.Log.Schema);
        }
    }

    /// <summary>Runs all models with one seed after the other, so that the runs that are done can be compared at any time.</summary>
    /// <param name="messages">Receives a line before and after each run.</param>
    /// <param name="progress">Receives a report a few times per second.</param>
    /// <param name="cancellationToken">Stops the comparison. The report then holds the runs that are done.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
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
            // The file is damaged or was written by another version of this program. The run is repeated and replaces it.
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
