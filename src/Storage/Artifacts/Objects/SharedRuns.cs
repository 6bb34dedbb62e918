namespace DinOrleans.Storage.Artifacts.Objects;

/// <summary>Runs the same work once for all callers that want it at the same time. The work is cancelled when its last caller gives up.</summary>
/// <typeparam name="T">The result of the work.</typeparam>
internal sealed class SharedRuns<T>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Run> _runs = [];

    /// <summary>Joins the run of a key, or starts it.</summary>
    /// <param name="key">Names the work.</param>
    /// <param name="work">The work, if it is not under way.</param>
    /// <param name="cancellationToken">Ends the wait of this caller.</param>
    public async Task<T> RunAsync(string key, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        Run run = Join(key, work);
        try
        {
            return await run.Result.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(key, run);
        }
    }

    private Run Join(string key, Func<CancellationToken, Task<T>> work)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(key, out Run? run))
            {
                _runs.Add(key, run = new Run(work));
            }

            run.Callers++;
            return run;
        }
    }

    private void Leave(string key, Run run)
    {
        lock (_lock)
        {
            if (--run.Callers == 0)
            {
                _runs.Remove(key);
                run.Dispose();
            }
        }
    }

    private sealed class Run : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();

        public Run(Func<CancellationToken, Task<T>> work)
        {
            CancellationToken token = _stop.Token;
            Result = Task.Run(() => work(token), CancellationToken.None);
        }

        public Task<T> Result { get; }

        public int Callers { get; set; }

        /// <summary>Cancels the work unless it is done. Nobody looks at its result.</summary>
        public void Dispose()
        {
            _stop.Cancel();
            _ = Result.ContinueWith(
                static (done, stop) =>
                {
                    _ = done.Exception;
                    ((CancellationTokenSource)stop!).Dispose();
                },
                _stop,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}
