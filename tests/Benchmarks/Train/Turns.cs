namespace DinOrleans.Benchmarks.Train;

/// <summary>Lets one contestant after another run, each on a thread of its own, in rounds.</summary>
internal sealed class Turns(int contestants) : IDisposable
{
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, contestants).Select(i => new SemaphoreSlim(i == 0 ? 1 : 0))];

    public void Wait(int contestant) => _gates[contestant].Wait();

    public void Pass(int contestant) => _gates[(contestant + 1) % _gates.Length].Release();

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_gates, g => g.Dispose());
}
