using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace DinOrleans.Contracts.Models;

/// <summary>Knows the model versions of the cluster and which of them serve. There is one grain, with key 0.</summary>
/// <remarks>
/// A version becomes active in two steps, so that no ranking meets a silo without it. First every silo loads, verifies and warms the target
/// beside the active version. When all silos have done so, the registry makes the target the active version. Each step is stored before it is
/// acted on or acknowledged, so that the registry goes on from its last step where the grain's silo dies.
/// </remarks>
[Alias("DinOrleans.IModelRegistryGrain"), Version(1)]
public interface IModelRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>Returns all versions and what each silo holds.</summary>
    [Alias("Get"), AlwaysInterleave, ResponseTimeout(CallDeadlines.Usual)]
    Task<ModelRegistry> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Records a version that lies in the artifact store and makes it the target. Both are stored when the call returns.</summary>
    /// <remarks>The registry reads only the manifest. The silos verify all other files and refuse a version that fails.</remarks>
    /// <exception cref="InvalidInputException">The store has no such version, or its manifest breaks a rule.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot take it now. Try again.</exception>
    [Alias("Publish"), ResponseTimeout(CallDeadlines.Usual)]
    Task PublishAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>Records a version that lies in the artifact store without making it the target, so that an experiment can name it.</summary>
    /// <exception cref="InvalidInputException">The store has no such version, or its manifest breaks a rule.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot take it now. Try again.</exception>
    [Alias("Record"), ResponseTimeout(CallDeadlines.Usual)]
    Task RecordAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>Makes a known version the target again. That is stored when the call returns.</summary>
    /// <exception cref="InvalidInputException">The version is not known, or its manifest is gone or breaks a rule.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot take it now. Try again.</exception>
    [Alias("Activate"), ResponseTimeout(CallDeadlines.Usual)]
    Task ActivateAsync(string version, CancellationToken cancellationToken = default);
}
