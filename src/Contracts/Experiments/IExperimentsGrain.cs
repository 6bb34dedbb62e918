using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace DinOrleans.Contracts.Experiments;

/// <summary>The experiments of the cluster; one grain, key 0.</summary>
/// <remarks>Each change is stored before the call returns, and every silo follows it within a second.</remarks>
[Alias("DinOrleans.IExperimentsGrain"), Version(1)]
public interface IExperimentsGrain : IGrainWithIntegerKey
{
    /// <summary>All experiments with their measures, newest first.</summary>
    [Alias("GetAll"), AlwaysInterleave, ResponseTimeout(CallDeadlines.Usual)]
    Task<IReadOnlyList<ExperimentReport>> GetAllAsync(CancellationToken cancellationToken = default);

    /// <summary>One experiment with its measures; null where none has the name.</summary>
    [Alias("Get"), AlwaysInterleave, ResponseTimeout(CallDeadlines.Usual)]
    Task<ExperimentReport?> GetAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>The versions whose roll-out has not begun yet, each with the reason why it waits.</summary>
    [Alias("GetWaiting"), AlwaysInterleave, ResponseTimeout(CallDeadlines.Usual)]
    Task<IReadOnlyDictionary<string, string>> GetWaitingAsync(CancellationToken cancellationToken = default);

    /// <summary>How well the active version predicts what users do; null before anything was measured.</summary>
    /// <param name="leastItems">How many shown items the log loss is taken over at least, when the version was new and lately.</param>
    /// <param name="cancellationToken">Abandons the call.</param>
    [Alias("GetActiveQuality"), AlwaysInterleave, ResponseTimeout(CallDeadlines.Usual)]
    Task<ActiveQuality?> GetActiveQualityAsync(long leastItems, CancellationToken cancellationToken = default);

    /// <summary>Starts an experiment. Starting one that runs with the same content again changes nothing.</summary>
    /// <exception cref="InvalidInputException">The experiment breaks a rule, has the name of a roll-out, or names a version that is not known or was refused.</exception>
    /// <exception cref="ConflictException">It runs with another content, or a running experiment has some of its users.</exception>
    /// <exception cref="StoreUnavailableException">The store does not take it now.</exception>
    [Alias("Put"), ResponseTimeout(CallDeadlines.Usual)]
    Task PutAsync(Experiment experiment, CancellationToken cancellationToken = default);

    /// <summary>
    /// Brings a version from the artifact store to the users: at once where the options say so or no version is active, otherwise as a shadow, then
    /// a canary that ends as the active version or is rolled back.
    /// </summary>
    /// <remarks>Where an experiment that a person set up has some of the users, the roll-out waits and begins by itself once they are free.</remarks>
    /// <exception cref="InvalidInputException">There is no such version in the store, or its manifest breaks a rule.</exception>
    /// <exception cref="StoreUnavailableException">The store does not take it now.</exception>
    [Alias("RollOut"), ResponseTimeout(CallDeadlines.Usual)]
    Task RollOutAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>Ends a running experiment by making an arm's version the active one.</summary>
    /// <param name="name">The experiment.</param>
    /// <param name="arm">The arm; null where the experiment has only one.</param>
    /// <param name="cancellationToken">Abandons the call.</param>
    /// <exception cref="InvalidInputException">No experiment or arm has the name, or the arm has no version of its own.</exception>
    /// <exception cref="ConflictException">The experiment does not run.</exception>
    /// <exception cref="StoreUnavailableException">The store does not take it now.</exception>
    [Alias("Promote"), ResponseTimeout(CallDeadlines.Usual)]
    Task PromoteAsync(string name, string? arm, CancellationToken cancellationToken = default);

    /// <summary>Ends an experiment that runs or waits: all users are the champion's. Stopping one that has ended changes nothing.</summary>
    /// <exception cref="InvalidInputException">No experiment has the name.</exception>
    /// <exception cref="StoreUnavailableException">The store does not take it now.</exception>
    [Alias("Stop"), ResponseTimeout(CallDeadlines.Usual)]
    Task StopAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Forgets an experiment that has ended, with its measures. Forgetting one that is not there changes nothing.</summary>
    /// <exception cref="ConflictException">The experiment has not ended.</exception>
    /// <exception cref="StoreUnavailableException">The store does not take it now.</exception>
    [Alias("Delete"), ResponseTimeout(CallDeadlines.Usual)]
    Task DeleteAsync(string name, CancellationToken cancellationToken = default);
}
