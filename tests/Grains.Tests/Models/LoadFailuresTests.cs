using DinOrleans.Grains.Models;
using DinOrleans.Model.Artifacts;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Grains.Tests.Models;

public sealed class LoadFailuresTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LoadFailures _failures;

    public LoadFailuresTests() => _failures = new(_time);

    [Fact]
    public void IsDue_AfterEachFailureToRead_WaitsTwiceAsLongUpToAMinute()
    {
        Assert.True(_failures.IsDue("v", isActive: false));
        foreach (int seconds in (int[])[1, 2, 4, 8, 16, 32, 60, 60])
        {
            _failures.Add("v", new IOException("away"));
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.False(_failures.IsDue("v", isActive: false));
            _time.Advance(TimeSpan.FromTicks(1));
            Assert.True(_failures.IsDue("v", isActive: false));
        }
    }

    [Fact]
    public void IsDue_VersionThatWasRefused_IsTriedAgainOnlyWhereRankingsNeedIt()
    {
        _failures.Add("v", new ArtifactException("f", "is damaged"));
        Assert.False(_failures.IsDue("v", isActive: true));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.False(_failures.IsDue("v", isActive: false));
        Assert.True(_failures.IsDue("v", isActive: true));
    }

    [Fact]
    public void RefusedAndFailing_OfEachKind_SayWhy()
    {
        _failures.Add("a", new ArtifactException("f", "is damaged"));
        _failures.Add("b", new IOException("away"));
        Assert.Equal([new("a", "f: is damaged.")], _failures.Refused);
        Assert.Equal([new("b", "away")], _failures.Failing);
        _failures.KeepOnly(["b", null]);
        Assert.Empty(_failures.Refused);
        _failures.Remove("b");
        Assert.Empty(_failures.Failing);
    }
}
