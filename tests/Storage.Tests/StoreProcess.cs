using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Storage.Tests;

/// <summary>The stores as one process holds them; disposing ends it in order.</summary>
public sealed class StoreProcess(ServiceProvider services) : IAsyncDisposable
{
    public IServiceProvider Services => services;

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
