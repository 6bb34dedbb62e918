using DinOrleans.Contracts.Experiments;

namespace DinOrleans.Grains.Experiments;

/// <summary>What was counted of an experiment, stage by stage: shares differ between stages, and so may what users do.</summary>
internal sealed class StageCounts
{
    private static readonly ArmCounts Nothing = new();

    /// <summary>The counts by arm of each stage.</summary>
    public List<Dictionary<string, ArmCounts>> Stages { get; init; } = [];

    /// <summary>Adds counts of an arm in a stage.</summary>
    public void Add(int stage, string arm, ArmCounts counts)
    {
        while (Stages.Count <= stage)
        {
            Stages.Add([]);
        }

        if (!Stages[stage].TryGetValue(arm, out ArmCounts? sums))
        {
            Stages[stage].Add(arm, sums = new ArmCounts());
        }

        sums.Add(counts);
    }

    /// <summary>The counts of an arm in a stage; empty ones where there are none.</summary>
    public ArmCounts Of(int stage, string arm) => stage < Stages.Count ? Stages[stage].GetValueOrDefault(arm, Nothing) : Nothing;

    /// <summary>The counts of an arm over all stages.</summary>
    public ArmCounts Total(string arm)
    {
        var total = new ArmCounts();
        foreach (Dictionary<string, ArmCounts> stage in Stages)
        {
            if (stage.TryGetValue(arm, out ArmCounts? counts))
            {
                total.Add(counts);
            }
        }

        return total;
    }

    /// <summary>
    /// The relative difference of a ratio of an arm to the champion's: the mean over stages of the differences within each, weighted by what the
    /// arm has in it. Comparing the sums over all stages instead would take a change of the users for a difference of the arms.
    /// </summary>
    /// <param name="arm">The arm.</param>
    /// <param name="ratio">The ratio of an arm in a stage and what it is over; null where there is none.</param>
    public MeasuredDifference? Difference(string arm, Func<ArmCounts, RatioEstimate?> ratio)
    {
        double weights = 0;
        double difference = 0;
        double variance = 0;
        double champion = 0;
        for (int s = 0; s < Stages.Count; s++)
        {
            if (ratio(Of(s, arm)) is { } own && ratio(Of(s, ExperimentArm.Champion)) is { } usual)
            {
                weights += own.Count;
                difference += own.Count * (own.Value - usual.Value);
                variance += own.Count * own.Count * (own.Variance + usual.Variance);
                champion += own.Count * usual.Value;
            }
        }

        return weights > 0 ? AlwaysValid.Relative(difference / weights, variance / (weights * weights), champion / weights) : null;
    }
}
