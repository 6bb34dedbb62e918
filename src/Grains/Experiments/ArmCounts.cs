using System.Text.Json.Serialization;

namespace DinOrleans.Grains.Experiments;

/// <summary>
/// What was counted of one arm: sums only, so that the counts of silos and of times add up. Sums are kept in <see cref="Blocks"/> blocks of
/// users, since the clicks of one user are not independent: variances are taken over blocks.
/// </summary>
[GenerateSerializer, Alias("DinOrleans.ArmCounts")]
public sealed class ArmCounts
{
    /// <summary>How many blocks the users are divided into, by a hash of their id.</summary>
    public const int Blocks = 256;

    /// <summary>[<see cref="Blocks"/>] how many rankings were made for the users of each block.</summary>
    [Id(0)]
    public long[] RankingsOfBlocks { get; set; } = new long[Blocks];

    /// <summary>The number of rankings that failed.</summary>
    [Id(1)]
    public long Errors { get; set; }

    /// <summary>[<see cref="Blocks"/>] how many items were shown to the users of each block.</summary>
    [Id(2)]
    public long[] Shown { get; set; } = new long[Blocks];

    /// <summary>The counts of each task by its name.</summary>
    [Id(3)]
    public Dictionary<string, TaskCounts> Tasks { get; set; } = [];

    /// <summary>The times that rankings took.</summary>
    [Id(4)]
    public LatencyCounts Latency { get; set; } = new();

    /// <summary>The users who had rankings.</summary>
    [Id(5)]
    public DistinctUsers Users { get; set; } = new();

    /// <summary>How a shadow's rankings compare.</summary>
    [Id(6)]
    public ShadowCounts Shadow { get; set; } = new();

    /// <summary>The number of rankings that the arm made.</summary>
    [JsonIgnore]
    public long Rankings => RankingsOfBlocks.Sum();

    /// <summary>Adds other counts of the same arm.</summary>
    public void Add(ArmCounts other)
    {
        Sum.Into(RankingsOfBlocks, other.RankingsOfBlocks);
        Errors += other.Errors;
        Sum.Into(Shown, other.Shown);
        foreach ((string task, TaskCounts counts) in other.Tasks)
        {
            Task(task).Add(counts);
        }

        Latency.Add(other.Latency);
        Users.Add(other.Users);
        Shadow.Add(other.Shadow);
    }

    /// <summary>The counts of a task, made where there are none.</summary>
    public TaskCounts Task(string name)
    {
        if (!Tasks.TryGetValue(name, out TaskCounts? counts))
        {
            Tasks.Add(name, counts = new TaskCounts());
        }

        return counts;
    }
}

/// <summary>What followed what an arm showed, for one task.</summary>
[GenerateSerializer, Alias("DinOrleans.TaskCounts")]
public sealed class TaskCounts
{
    /// <summary>[blocks] how many shown items had a positive event.</summary>
    [Id(0)]
    public long[] Positives { get; set; } = new long[ArmCounts.Blocks];

    /// <summary>[blocks] the sum of log losses over shown items whose scores are probabilities.</summary>
    [Id(1)]
    public double[] LogLoss { get; set; } = new double[ArmCounts.Blocks];

    /// <summary>[blocks] how many shown items the log losses are of.</summary>
    [Id(2)]
    public long[] Scored { get; set; } = new long[ArmCounts.Blocks];

    /// <summary>The sum of the probabilities of those items: how many positives were expected.</summary>
    [Id(3)]
    public double Expected { get; set; }

    /// <summary>The number of those items that had a positive event.</summary>
    [Id(4)]
    public long ScoredPositives { get; set; }

    /// <summary>Adds other counts of the same task.</summary>
    public void Add(TaskCounts other)
    {
        Sum.Into(Positives, other.Positives);
        Sum.Into(LogLoss, other.LogLoss);
        Sum.Into(Scored, other.Scored);
        Expected += other.Expected;
        ScoredPositives += other.ScoredPositives;
    }
}

/// <summary>Sums over the rankings of a shadow that were compared with what was answered.</summary>
[GenerateSerializer, Alias("DinOrleans.ShadowCounts")]
public sealed class ShadowCounts
{
    /// <summary>The number of rankings that were compared.</summary>
    [Id(0)]
    public long Compared { get; set; }

    /// <summary>Sum of the overlaps of the first ten items, each 0..1.</summary>
    [Id(1)]
    public double Overlap { get; set; }

    /// <summary>Sum of Kendall's rank correlations, each -1..1.</summary>
    [Id(2)]
    public double KendallTau { get; set; }

    /// <summary>Sum of the shadow's mean scores.</summary>
    [Id(3)]
    public double MeanScore { get; set; }

    /// <summary>Sum of the mean scores of what was answered.</summary>
    [Id(4)]
    public double AnsweredMeanScore { get; set; }

    /// <summary>The number of shadow rankings that were dropped because interactive rankings come first.</summary>
    [Id(5)]
    public long Dropped { get; set; }

    /// <summary>Adds other counts of the same shadow.</summary>
    public void Add(ShadowCounts other)
    {
        Compared += other.Compared;
        Overlap += other.Overlap;
        KendallTau += other.KendallTau;
        MeanScore += other.MeanScore;
        AnsweredMeanScore += other.AnsweredMeanScore;
        Dropped += other.Dropped;
    }
}

/// <summary>Adds arrays of one length.</summary>
internal static class Sum
{
    public static void Into<T>(T[] sums, T[] more)
        where T : System.Numerics.INumber<T>
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += more[i];
        }
    }
}
