namespace DinOrleans.Client;

/// <summary>The trainings of a server.</summary>
public interface ITrainings
{
    /// <summary>Returns a page of trainings, newest first.</summary>
    /// <param name="limit">The number of trainings at most, 1 to 100.</param>
    /// <param name="after">The <see cref="TrainingPage.Next"/> of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<TrainingPage> GetAsync(int limit = 20, string? after = null, CancellationToken cancellationToken = default);

    /// <summary>Returns one training: its progress, its curve, its gates and what came of it.</summary>
    Task<TrainingRun> GetAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Asks for a training from the log. The call is not sent again after a lost connection.</summary>
    Task<TrainingRun> StartAsync(TrainingRequest request, CancellationToken cancellationToken = default);
}
