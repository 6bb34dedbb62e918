using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Storage.Tests;

public sealed class RepeatedFailuresTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void ShouldLog_ManyWithinAMinute_LogsTheFirstAndThenSaysHowManyThereWere()
    {
        var failures = new RepeatedFailures(_time);
        Assert.True(failures.ShouldLog(out int unlogged));
        Assert.Equal(0, unlogged);
        for (int i = 0; i < 200; i++)
        {
            Assert.False(failures.ShouldLog(out _));
        }

        _time.Advance(RepeatedFailures.Quiet);
        Assert.True(failures.ShouldLog(out unlogged));
        Assert.Equal(200, unlogged);
    }

    [Fact]
    public void HaveEnded_AfterFailures_SaysSoOnceAndTheNextIsLogged()
    {
        var failures = new RepeatedFailures(_time);
        Assert.False(failures.HaveEnded(out _));
        failures.ShouldLog(out _);
        failures.ShouldLog(out _);
        Assert.True(failures.HaveEnded(out int count));
        Assert.Equal(2, count);
        Assert.False(failures.HaveEnded(out _));
        Assert.True(failures.ShouldLog(out int unlogged));
        Assert.Equal(0, unlogged);
    }
}
