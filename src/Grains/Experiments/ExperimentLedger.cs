using System.Text.Json;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Storage.Experiments;

namespace DinOrleans.Grains.Experiments;

/// <summary>The experiments and their counts in memory, which follow the store. For one grain.</summary>
/// <param name="store">The truth.</param>
/// <param name="keep">The number of ended experiments that are kept, at least 1. Each write forgets those that ended first.</param>
/// <param name="show">Is given the measures of what runs whenever they may have changed.</param>
internal sealed class ExperimentLedger(IExperimentStore store, int keep, Action<IEnumerable<ExperimentReport>> show)
{
    /// <summary>Silos whose last report is remembered. Each start of a silo has an address of its own, and old ones report no more.</summary>
    private const int MostSilos = 256;

    private readonly Dictionary<string, StageCounts> _counts = [];
    private ExperimentBoard _board = new(0, new Dictionary<string, long>(), []);
    private bool _isStale = true;

    /// <summary>All experiments, newest first.</summary>
    public IEnumerable<ExperimentRun> Runs => _board.Experiments.Select(e => e.Run);

    /// <summary>The experiments that run, newest first.</summary>
    public ExperimentRun[] Running => [.. Runs.Where(r => r.IsRunning)];

    /// <summary>The experiments that run or wait, newest first.</summary>
    public ExperimentRun[] Open => [.. Runs.Where(r => !r.HasEnded)];

    /// <summary>True where more ended experiments are stored than are kept, as after the number was lowered.</summary>
    public bool HasSurplus => KeptExperiments.Surplus(Runs, keep).Any();

    /// <summary>Reads the store where what is in memory may be out of date.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (!_isStale)
        {
            return;
        }

        _board = await store.ReadAsync(cancellationToken);
        _counts.Clear();
        foreach (StoredExperiment stored in _board.Experiments)
        {
            _counts[stored.Run.Salt] = JsonSerializer.Deserialize<StageCounts>(stored.Counts)!;
        }

        _isStale = false;
        ShowRunning();
    }

    /// <summary>The experiment of a name; null where there is none.</summary>
    public ExperimentRun? Find(string name) => Runs.FirstOrDefault(r => r.Experiment.Name == name);

    /// <summary>The experiment of a name.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public ExperimentRun Require(string name) =>
        Find(name) ?? throw new InvalidInputException([new("name", $"must be that of an experiment; \"{name}\" is not")]);

    /// <summary>What was counted of an experiment.</summary>
    public StageCounts CountsOf(ExperimentRun run) => _counts[run.Salt];

    /// <summary>An experiment with its measures.</summary>
    public ExperimentReport Report(ExperimentRun run) => ArmMeasures.Report(run, CountsOf(run));

    /// <summary>True where a report has something of an experiment that is known.</summary>
    public bool Concerns(SiloCounts report) => report.Counts.Any(c => _counts.ContainsKey(c.Salt));

    /// <summary>
    /// Adds a report to the counts in memory, unless it was added before. Until it is stored, what is in memory counts as out of date, since the silo
    /// will report the same again.
    /// </summary>
    /// <returns>The salts of the experiments whose counts changed.</returns>
    public HashSet<string> Add(SiloCounts report)
    {
        HashSet<string> changed = [];
        if (report.Number <= _board.Reports.GetValueOrDefault(report.Silo))
        {
            return changed;
        }

        foreach (CountedArm arm in report.Counts)
        {
            // Counts of an experiment that is gone come too late to matter.
            if (_counts.TryGetValue(arm.Salt, out StageCounts? counts))
            {
                _isStale = true;
                counts.Add(arm.Stage, arm.Arm, arm.Counts);
                changed.Add(arm.Salt);
            }
        }

        return changed;
    }

    /// <summary>Stores a change with the counts of the experiments in it.</summary>
    /// <param name="put">Experiments to add or replace.</param>
    /// <param name="remove">Names of experiments to forget.</param>
    /// <param name="report">The report whose counts are stored with it; null for none.</param>
    /// <param name="cancellationToken">Abandons the call.</param>
    /// <exception cref="StoreUnavailableException">It was not stored, or the store does not say so.</exception>
    public async Task WriteAsync(
        IReadOnlyList<ExperimentRun> put, IReadOnlyList<string> remove, SiloCounts? report, CancellationToken cancellationToken)
    {
        Dictionary<string, long> reports = new(_board.Reports);
        if (report is not null)
        {
            reports[report.Silo] = Math.Max(report.Number, reports.GetValueOrDefault(report.Silo));
            reports = reports.OrderByDescending(r => r.Value).Take(MostSilos).ToDictionary();
        }

        HashSet<string> replaced = [.. put.Select(r => r.Experiment.Name), .. remove];
        string[] removed = [.. remove, .. KeptExperiments.Surplus(Runs.Where(r => !replaced.Contains(r.Experiment.Name)).Concat(put), keep)];
        StoredExperiment[] stored =
        [
            .. put.Where(r => !removed.Contains(r.Experiment.Name)).Select(r => new StoredExperiment(r, JsonSerializer.Serialize(_counts.GetValueOrDefault(r.Salt, new StageCounts())))),
        ];

        // A write that fails may have been stored all the same: then what is there is read again.
        _isStale = true;
        if (!await store.TryWriteAsync(new(_board.Revision, reports) { Put = stored, Remove = removed }, cancellationToken))
        {
            throw new StoreUnavailableException("The experiments were changed by another silo at the same time.");
        }

        Apply(stored, removed, reports);
        ShowRunning();
    }

    private void ShowRunning() => show(Running.Select(Report));

    /// <summary>Takes what was stored over into memory, without reading it back.</summary>
    private void Apply(StoredExperiment[] stored, string[] remove, Dictionary<string, long> reports)
    {
        HashSet<string> replaced = [.. stored.Select(s => s.Run.Experiment.Name), .. remove];
        StoredExperiment[] kept = [.. _board.Experiments.Where(e => !replaced.Contains(e.Run.Experiment.Name)), .. stored];
        _board = new(_board.Revision + 1, reports, [.. kept.OrderByDescending(e => e.Run.StartedAt).ThenByDescending(e => e.Run.Experiment.Name, StringComparer.Ordinal)]);
        HashSet<string> salts = [.. Runs.Select(r => r.Salt)];
        foreach (string gone in _counts.Keys.Where(s => !salts.Contains(s)).ToArray())
        {
            _counts.Remove(gone);
        }

        foreach (string salt in salts)
        {
            _counts.TryAdd(salt, new StageCounts());
        }

        _isStale = false;
    }
}
