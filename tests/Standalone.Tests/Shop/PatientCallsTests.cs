using DinOrleans.Contracts;
using DinOrleans.Standalone.Shop;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Standalone.Tests.Shop;

/// <summary>A store that is busy for longer than a call may take does not end the start of the shop.</summary>
public sealed class PatientCallsTests
{
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.Zero };
    private readonly FakeLogger<PatientCalls> _logger = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_ThatIsNotAnsweredInTime_IsRepeatedWithAWarning()
    {
        Queue<Exception> failures = new([new TimeoutException("Response did not arrive on time."), new StoreUnavailableException("The database is busy.")]);
        int calls = 0;
        Task<int> answer = new PatientCalls(_time, _logger).CallAsync(
            () =>
            {
                calls++;
                return failures.TryDequeue(out Exception? failure) ? Task.FromException<int>(failure) : Task.FromResult(7);
            },
            Cancellation);

        Assert.Equal(1, calls);
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(7, await answer);
        Assert.Equal(3, calls);
        Assert.All(_logger.Collector.GetSnapshot(), l => Assert.Equal(LogLevel.Warning, l.Level));
        Assert.Contains("The database is busy.", _logger.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ThatIsRefused_FailsAtOnce() => await Assert.ThrowsAsync<InvalidInputException>(
        () => new PatientCalls(_time, _logger).CallAsync(() => Task.FromException<int>(new InvalidInputException([new("version", "is not known")])), Cancellation));
}
