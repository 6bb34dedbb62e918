using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Users;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Experiments;

/// <summary>The experiments that run, as this silo's rankings see them, and what was counted since the last report.</summary>
public sealed class ExperimentDesk(IOptions<ExperimentOptions> options, TimeProvider time)
{
    private const string BaselineSalt = "baseline";
    private const int PlacesOfAll = UserAssignment.Places;

    private readonly int _baselinePlaces = (int)Math.Round(options.Value.BaselineShare * PlacesOfAll);
    private volatile ExperimentRun? _baseline;

    private readonly Lock _lock = new();
    private volatile ExperimentRun[] _running = [];
    private Dictionary<(string Salt, int Stage, string Arm), ArmCounts> _counts = [];

    /// <summary>The experiments that run.</summary>
    public IReadOnlyList<ExperimentRun> Running => _running;

    /// <summary>The versions that rankings of this silo may need beside the active one.</summary>
    public IReadOnlyList<string> Versions => [.. _running.SelectMany(r => r.Experiment.Arms).Select(a => a.Version).OfType<string>().Distinct()];

    /// <summary>Replaces the experiments that run.</summary>
    public void Follow(IEnumerable<ExperimentRun> runs) => _running = [.. runs.Where(r => r.IsRunning)];

    /// <summary>The arm that answers a user; null where the user takes part in no experiment that answers.</summary>
    public UserArm? Answering(string userId) => Find(userId, isShadow: false);

    /// <summary>An arm of a running experiment by its name.</summary>
    /// <exception cref="InvalidInputException">No experiment or arm that runs here has the name.</exception>
    public UserArm Find(ArmReference arm)
    {
        ExperimentRun run = Array.Find(_running, r => r.Experiment.Name == arm.Experiment)
            ?? throw new InvalidInputException([new("override", $"must name a running experiment; \"{arm.Experiment}\" is not")]);
        return arm.Arm == ExperimentArm.Champion || run.Experiment.Arms.Any(a => a.Name == arm.Arm)
            ? new UserArm(run, run.Stage, arm.Arm)
            : throw new InvalidInputException([new("override", $"must name an arm of \"{arm.Experiment}\"; \"{arm.Arm}\" is not")]);
    }

    /// <summary>The arm that scores a user's rankings in the shadow; null where none does.</summary>
    public UserArm? Shadowing(string userId) => Find(userId, isShadow: true) is { IsChampion: false } arm ? arm : null;

    /// <summary>
    /// What a user in no experiment is measured as, to see how well the active version does: an arm without an experiment, with the hour as its
    /// stage. Null for users who are not of the measured share.
    /// </summary>
    public UserArm? Baseline(string userId, string version)
    {
        if (UserAssignment.Place(BaselineSalt, userId) >= _baselinePlaces)
        {
            return null;
        }

        ExperimentRun? baseline = _baseline;
        DateTimeOffset now = time.GetUtcNow();
        string salt = ActiveBaseline.SaltPrefix + version;
        if (baseline?.Salt != salt)
        {
            var experiment = new Experiment { Name = "", Mode = ExperimentMode.Split, Arms = [], AttributionWindow = options.Value.AttributionWindow };
            _baseline = baseline = new() { Experiment = experiment, Salt = salt, StartedAt = now, StageSince = now };
        }

        return new(baseline, (int)(now.ToUnixTimeSeconds() / 3600), ExperimentArm.Champion);
    }

    /// <summary>Changes the counts of an arm in its stage.</summary>
    public void Count(UserArm arm, Action<ArmCounts> change)
    {
        lock (_lock)
        {
            (string, int, string) key = (arm.Run.Salt, arm.Stage, arm.Name);
            if (!_counts.TryGetValue(key, out ArmCounts? counts))
            {
                _counts.Add(key, counts = new ArmCounts());
            }

            change(counts);
        }
    }

    /// <summary>Takes what was counted since the last call.</summary>
    public IReadOnlyList<CountedArm> Take()
    {
        Dictionary<(string Salt, int Stage, string Arm), ArmCounts> taken;
        lock (_lock)
        {
            if (_counts.Count == 0)
            {
                return [];
            }

            (taken, _counts) = (_counts, []);
        }

        return [.. taken.Select(c => new CountedArm(c.Key.Salt, c.Key.Stage, c.Key.Arm, c.Value))];
    }

    private UserArm? Find(string userId, bool isShadow)
    {
        foreach (ExperimentRun run in _running)
        {
            if (run.CurrentStage.IsShadow == isShadow && UserAssignment.Arm(run, userId) is { } arm)
            {
                return new UserArm(run, run.Stage, arm);
            }
        }

        return null;
    }
}

/// <summary>An arm of an experiment that a user is in.</summary>
/// <param name="Run">The experiment.</param>
/// <param name="Stage">The stage that what is counted belongs to.</param>
/// <param name="Name">The arm's name.</param>
public sealed record UserArm(ExperimentRun Run, int Stage, string Name)
{
    private readonly ExperimentArm? _arm = Run.Experiment.Arms.FirstOrDefault(a => a.Name == Name);

    /// <summary>True for the users of no arm, whom the active version answers as it is.</summary>
    public bool IsChampion => _arm is null;

    /// <summary>The version that scores; null for the active one.</summary>
    public string? Version => _arm?.Version;

    /// <summary>The temperature at which the order is drawn; null to order by score.</summary>
    public double? Temperature => _arm?.Temperature;
}
