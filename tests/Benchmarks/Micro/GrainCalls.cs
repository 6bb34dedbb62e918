using BenchmarkDotNet.Attributes;
using DinOrleans.Grains.Scoring;
using DinOrleans.TestMachine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace DinOrleans.Benchmarks.Micro;

/// <summary>A grain that answers at once: what is left is the call.</summary>
[Alias("DinOrleans.Benchmarks.IAnsweringGrain")]
public interface IAnsweringGrain : IGrainWithIntegerKey
{
    /// <summary>Takes what an inference grain takes, and answers with nothing of it.</summary>
    [Alias("Answer")]
    Task<ScoreResult> AnswerAsync([Immutable] ScoreRequest request, CancellationToken cancellationToken);
}

/// <inheritdoc cref="IAnsweringGrain"/>
[Reentrant]
public sealed class AnsweringGrain : Grain, IAnsweringGrain
{
    private static readonly ScoreResult Answer = new() { Scores = FloatBlock.Empty };

    /// <inheritdoc/>
    public Task<ScoreResult> AnswerAsync(ScoreRequest request, CancellationToken cancellationToken) => Task.FromResult(Answer);
}

/// <summary>A call to a grain of the same silo: 100 candidates and 50 behaviours by reference.</summary>
[MemoryDiagnoser]
public class GrainCalls
{
    private IHost _silo = null!;
    private IAnsweringGrain _grain = null!;
    private MicroFixture _fixture = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _fixture = new MicroFixture();
        _silo = Host.CreateDefaultBuilder()
            .ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Error))
            .UseOrleans(silo => silo.UseLocalhostClustering(FreePort.Take(1)[0], FreePort.Take(1)[0]))
            .Build();
        await _silo.StartAsync();
        _grain = _silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IAnsweringGrain>(0);
    }

    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _silo.StopAsync();
        _silo.Dispose();
        _fixture.Dispose();
    }

    [Benchmark(Description = "grain call")]
    public Task CallAsync() => _grain.AnswerAsync(_fixture.Request, CancellationToken.None);
}
