using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;
using Orleans.CodeGeneration;

namespace DinOrleans.Grains.Experiments;

/// <summary>The side of the experiments that silos call. It is the same grain as <see cref="IExperimentsGrain"/>, with key 0.</summary>
[Alias("DinOrleans.ISiloExperimentsGrain"), Version(1)]
public interface ISiloExperimentsGrain : IGrainWithIntegerKey
{
    /// <summary>Takes what a silo counted since its last report, and answers which experiments run. The counts are stored when the call returns.</summary>
    /// <exception cref="InvalidInputException">The caller is not a silo of the cluster.</exception>
    /// <exception cref="StoreUnavailableException">The store does not take it now. Report the same again under the same number.</exception>
    [Alias("Report"), ResponseTimeout(CallDeadlines.Usual)]
    Task<IReadOnlyList<ExperimentRun>> ReportAsync(SiloCounts report, CancellationToken cancellationToken = default);
}

/// <summary>What a silo counted.</summary>
/// <param name="Silo">The silo's address.</param>
/// <param name="Number">Grows with each report of the silo. A report that is sent again keeps its number and is added once.</param>
/// <param name="Counts">The counts since the last report. They are empty if nothing happened.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.SiloCounts")]
public sealed record SiloCounts(
    [property: Id(0)] string Silo,
    [property: Id(1)] long Number,
    [property: Id(2)] IReadOnlyList<CountedArm> Counts);

/// <summary>What was counted of one arm in one stage.</summary>
/// <param name="Salt">The experiment's salt, which is its own even where a name is used again.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Counts">The counts.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.CountedArm")]
public sealed record CountedArm(
    [property: Id(0)] string Salt,
    [property: Id(1)] int Stage,
    [property: Id(2)] string Arm,
    [property: Id(3)] ArmCounts Counts);
