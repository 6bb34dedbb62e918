namespace DinOrleans.Training.Service;

/// <summary>Holds the training service back until there is something to learn from, as while a shop's dataset is being loaded.</summary>
public sealed class TrainingStart
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the service begin.</summary>
    public void Open() => _open.TrySetResult();

    internal Task WaitAsync(CancellationToken cancellationToken) => _open.Task.WaitAsync(cancellationToken);
}
