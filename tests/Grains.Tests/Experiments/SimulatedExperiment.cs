using DinOrleans.Contracts.Experiments;
using DinOrleans.Grains.Experiments;

namespace DinOrleans.Grains.Tests.Experiments;

/// <summary>Draws what an experiment would count: users with click-through rates of their own, each in one block.</summary>
/// <param name="seed">Draws the same again.</param>
internal sealed class SimulatedExperiment(int seed)
{
    public const string Task = "click";
    private const int ItemsPerRanking = 10;

    private readonly Random _random = new(seed);

    public static ExperimentRun Run(Experiment experiment) =>
        new() { Experiment = experiment, Salt = "s", ChampionVersion = "v1", StartedAt = DateTimeOffset.UnixEpoch, StageSince = DateTimeOffset.UnixEpoch };

    /// <summary>A canary that stays at one share, guarded on the click-through rate.</summary>
    public static Experiment Canary(double percent, double limit = 0.01) => new()
    {
        Name = "canary",
        Mode = ExperimentMode.Canary,
        Arms = [new() { Name = "new", Version = "v2" }],
        Ramp = [percent],
        Guards = [new(GuardMeasure.Ctr, limit)],
    };

    /// <summary>Adds rankings of an arm.</summary>
    /// <param name="rankings">The number of rankings. Each shows ten items.</param>
    /// <param name="rate">The mean click-through rate; users' own rates spread around it with a coefficient of variation of one third.</param>
    public ArmCounts Rankings(int rankings, double rate)
    {
        var counts = new ArmCounts();
        TaskCounts task = counts.Task(Task);
        for (int r = 0; r < rankings; r++)
        {
            int block = _random.Next(ArmCounts.Blocks);
            double own = rate * (1 + ((_random.NextDouble() - 0.5) * 1.15));
            counts.RankingsOfBlocks[block]++;
            counts.Shown[block] += ItemsPerRanking;
            for (int i = 0; i < ItemsPerRanking; i++)
            {
                task.Positives[block] += _random.NextDouble() < own ? 1 : 0;
            }
        }

        return counts;
    }

    /// <summary>How many items the arm had shown when it was rolled back; null where it was not.</summary>
    /// <param name="armRate">The arm's rate.</param>
    /// <param name="championRate">The champion's rate.</param>
    /// <param name="armShown">The number of items that the arm shows in all.</param>
    /// <param name="looks">The number of times that the guards look in that time.</param>
    public long? ShownUntilRolledBack(double armRate, double championRate, int armShown, int looks)
    {
        ExperimentRun run = Run(Canary(5));
        var counts = new StageCounts();
        int rankings = armShown / ItemsPerRanking / looks;
        for (int look = 0; look < looks; look++)
        {
            counts.Add(0, "new", Rankings(rankings, armRate));
            counts.Add(0, ExperimentArm.Champion, Rankings(rankings * 4, championRate));
            run = ExperimentTransition.Next(run, counts, new ModelView("v1", new Dictionary<string, string>()), Task, run.StartedAt);
            if (run.Status == ExperimentStatus.RolledBack)
            {
                return counts.Total("new").Shown.Sum();
            }
        }

        return null;
    }
}
