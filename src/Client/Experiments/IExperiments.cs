namespace DinOrleans.Client;

/// <summary>The experiments of a server.</summary>
public interface IExperiments
{
    /// <summary>Returns all experiments with their measures, newest first.</summary>
    Task<IReadOnlyList<Experiment>> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns one experiment with its measures.</summary>
    Task<Experiment> GetAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Starts an experiment. Repeating the same call changes nothing.</summary>
    Task<Experiment> StartAsync(string name, ExperimentPlan plan, CancellationToken cancellationToken = default);

    /// <summary>Ends a running experiment by making an arm's version the active one.</summary>
    /// <param name="name">The experiment.</param>
    /// <param name="arm">The arm; null where the experiment has only one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<Experiment> PromoteAsync(string name, string? arm = null, CancellationToken cancellationToken = default);

    /// <summary>Ends a running experiment. All users are the active version's.</summary>
    Task<Experiment> StopAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Forgets an experiment that has ended.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken = default);
}
