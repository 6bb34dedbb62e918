using System.Diagnostics.Metrics;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Settings;
using DinOrleans.Gateway.Telemetry;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.Gateway.Traffic;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Gateway.Tests.Calls;

/// <summary>They are in the collection of the gateways, because instruments that are disposed take those of gateways in the same process with them.</summary>
[Collection(GatewayCollection.Name)]
public sealed class ClusterCallsTests : IDisposable
{
    private static readonly TimeSpan RepeatFor = TimeSpan.FromSeconds(2);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();

    /// <summary>What callers see of a silo that leaves.</summary>
    public static TheoryData<Exception> OfALeavingSilo =>
        [new SiloUnavailableException("gone"), new OrleansException("no silo for the version"), new OperationCanceledException("cut short")];

    /// <summary>What a second call would not mend, or would make worse.</summary>
    public static TheoryData<Exception> OfOtherCauses =>
    [
        new GatewayTooBusyException("busy"), new LimitExceededException("too many"), new TimeoutException("no answer"), new Contracts.StoreUnavailableException("away"),
        new Contracts.OverloadedException("full", TimeSpan.FromSeconds(1)), new Contracts.InvalidInputException([]), new InvalidOperationException("not foreseen"),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(OfALeavingSilo))]
    public async Task CallAsync_MeetsALeavingSilo_CallsUntilAnotherAnswers(Exception failure)
    {
        int calls = 0;
        long repeated = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, meters) =>
            {
                if (instrument.Name == "dinorleans.calls.repeated" && instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>())
                {
                    meters.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => repeated += count);
        listener.Start();
        Task<string> answer = Make().CallAsync(_ => ++calls <= 3 ? Task.FromException<string>(failure) : Task.FromResult("answered"), Cancellation);
        await ElapseAsync(answer);
        Assert.Equal("answered", await answer);
        Assert.Equal(4, calls);
        Assert.Equal(3, repeated);
    }

    [Theory]
    [MemberData(nameof(OfOtherCauses))]
    public async Task CallAsync_FailsOtherwise_CallsOnce(Exception failure)
    {
        int calls = 0;
        Exception? told = await Record.ExceptionAsync(() => Make().CallAsync(
            _ =>
            {
                calls++;
                return Task.FromException(failure);
            },
            Cancellation));
        Assert.Same(failure, told);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task CallAsync_WhereNoSiloTakesOver_FailsWithinItsTime()
    {
        int calls = 0;
        DateTimeOffset started = _time.GetUtcNow();
        Task<int> answer = Make().CallAsync(_ => ++calls > 0 ? Task.FromException<int>(new SiloUnavailableException("gone")) : Task.FromResult(0), Cancellation);
        await ElapseAsync(answer);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => answer);
        Assert.InRange(_time.GetUtcNow() - started, RepeatFor / 2, RepeatFor);
        Assert.InRange(calls, 5, 20);
    }

    [Fact]
    public async Task CallAsync_WhereTheCallerGoes_EndsAtOnce()
    {
        using var caller = new CancellationTokenSource();
        Task<int> answer = Make().CallAsync(_ => Task.FromException<int>(new SiloUnavailableException("gone")), caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    public void Dispose() => _services.Dispose();

    private ClusterCalls Make() => new(
        Options.Create(new GatewayOptions { RepeatCallsFor = RepeatFor }), _time, new GatewayInstruments(_services.GetRequiredService<IMeterFactory>(), new TrafficMeter(_time)));

    /// <summary>Lets time pass until a call has ended.</summary>
    private async Task ElapseAsync(Task call)
    {
        while (!call.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }
    }
}
