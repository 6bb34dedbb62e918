using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Storage.Tests;

/// <summary>Runs a test over the stores of a process that may be restarted.</summary>
public abstract class StoreTests : IAsyncLifetime
{
    private StoreProcess _process = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _process = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await RemoveAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the stores as a process does at its start.</summary>
    protected abstract Task<StoreProcess> StartAsync();

    /// <summary>Removes what the stores left.</summary>
    protected abstract Task RemoveAsync();

    /// <summary>A service of the process that runs now.</summary>
    protected T Store<T>()
        where T : notnull => _process.Services.GetRequiredService<T>();

    protected async Task RestartAsync()
    {
        await _process.DisposeAsync();
        _process = await StartAsync();
    }
}
