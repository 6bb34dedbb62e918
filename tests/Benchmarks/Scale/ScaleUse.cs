namespace DinOrleans.Benchmarks.Scale;

/// <summary>What the processes of a cluster have used.</summary>
/// <param name="At">When it was read, by the stopwatch.</param>
/// <param name="SiloTime">The processor time of all silos.</param>
/// <param name="GatewayTime">The processor time of all gateways.</param>
/// <param name="Messages">The messages that silos and gateways sent to other processes.</param>
/// <param name="Calls">The calls to grains that all silos have processed.</param>
internal readonly record struct ScaleUse(TimeSpan At, TimeSpan SiloTime, TimeSpan GatewayTime, double Messages, double Calls)
{
    /// <summary>What was used between two readings.</summary>
    public static ScaleUse operator -(ScaleUse late, ScaleUse early) => new(
        late.At - early.At, late.SiloTime - early.SiloTime, late.GatewayTime - early.GatewayTime, late.Messages - early.Messages, late.Calls - early.Calls);

    /// <summary>The same processor time, and the messages and calls beyond those of the same processes without a load.</summary>
    /// <param name="idle">What they used without a load, over another length of time.</param>
    public ScaleUse Without(ScaleUse idle)
    {
        double share = At / idle.At;
        return this with { Messages = Messages - (idle.Messages * share), Calls = Calls - (idle.Calls * share) };
    }
}
