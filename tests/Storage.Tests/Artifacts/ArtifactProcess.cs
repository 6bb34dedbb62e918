using DinOrleans.Storage.Artifacts;
using DinOrleans.Storage.Artifacts.Hosting;
using DinOrleans.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace DinOrleans.Storage.Tests.Artifacts;

/// <summary>The artifact store as one process has it, by its settings.</summary>
internal sealed class ArtifactProcess : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="data">The data folder.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="time">The clock. Null for that of the machine.</param>
    public ArtifactProcess(string data, IReadOnlyDictionary<string, string?> settings, TimeProvider? time = null) => _services = new ServiceCollection()
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new FakeLoggerProvider(Logs)))
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddSingleton(time ?? TimeProvider.System)
        .AddSqliteStorage(data)
        .BuildServiceProvider();

    /// <summary>The data folder, where the test needs it.</summary>
    public string? Data { get; init; }

    public FakeLogCollector Logs { get; } = new();

    public IArtifactStore Store => _services.GetRequiredService<IArtifactStore>();

    /// <summary>The values that an instrument measures from now on.</summary>
    public MetricCollector<T> Measure<T>(string instrument)
        where T : struct => new(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), StorageInstruments.MeterName, instrument);

    /// <summary>Does what the process does with the store at its start.</summary>
    public Task StartAsync(CancellationToken cancellationToken) =>
        _services.GetServices<IHostedService>().OfType<ArtifactStart>().Single().StartAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
