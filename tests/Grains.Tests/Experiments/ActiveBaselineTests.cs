using DinOrleans.Contracts.Experiments;
using DinOrleans.Grains.Experiments;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Tests.Experiments;

public sealed class ActiveBaselineTests
{
    [Fact]
    public void Quality_OfALogLossThatRises_SaysByHowMuch()
    {
        var baseline = new ActiveBaseline();
        Assert.Null(baseline.Quality(100));
        baseline.Add(Hour("v1", 10, items: 60, logLoss: 0.3), "click");
        Assert.Equal(new ActiveQuality("v1", null, null), baseline.Quality(100));
        baseline.Add(Hour("v1", 11, items: 60, logLoss: 0.3), "click");
        baseline.Add(Hour("v1", 12, items: 50, logLoss: 0.36), "click");
        Assert.Equal((0.3, null), (Math.Round(baseline.Quality(100)!.First!.Value, 9), baseline.Quality(100)!.Latest));
        baseline.Add(Hour("v1", 13, items: 60, logLoss: 0.36), "click");
        Assert.Equal(0.2, baseline.Quality(100)!.Rise!.Value, 9);
    }

    [Fact]
    public void Add_OfAnotherVersion_BeginsAnew()
    {
        var baseline = new ActiveBaseline();
        baseline.Add(Hour("v1", 10, 1_000, 0.3), "click");
        baseline.Add(Hour("v2", 11, 1_000, 0.2), "click");
        Assert.Equal(("v2", 0.2), (baseline.Quality(100)!.Version, Math.Round(baseline.Quality(100)!.First!.Value, 9)));
    }

    [Fact]
    public void Add_OfManyHours_KeepsTheFirstAndTheLatest()
    {
        var baseline = new ActiveBaseline();
        for (int hour = 0; hour < 5_000; hour++)
        {
            baseline.Add(Hour("v1", hour, 100, hour < 2 ? 0.3 : hour < 4_990 ? 0.4 : 0.6), "click");
        }

        Assert.Equal(1, baseline.Quality(200)!.Rise!.Value, 9);
    }

    [Fact]
    public void Clicks_OfReportsOfTheSameHour_AddUp()
    {
        var baseline = new ActiveBaseline();
        foreach (int hour in (int[])[11, 10, 11])
        {
            CountedArm counted = Hour("v1", hour, 100, 0.3);
            counted.Counts.Shown[3] = 100;
            counted.Counts.Task("click").Positives[3] = hour;
            counted.Counts.Task("click").Expected = 9.5;
            baseline.Add(counted, "click");
        }

        Assert.Equal(
            [new ClickHour(DateTimeOffset.UnixEpoch.AddHours(10), 100, 10, 100, 9.5), new ClickHour(DateTimeOffset.UnixEpoch.AddHours(11), 200, 22, 200, 19)], baseline.Clicks());
    }

    [Fact]
    public void Baseline_OfTheDesk_MeasuresTheShareOfUsersAndNamesTheVersion()
    {
        var desk = new ExperimentDesk(Options.Create(new ExperimentOptions { BaselineShare = 0.25 }), TimeProvider.System);
        UserArm[] measured = [.. Enumerable.Range(0, 4_000).Select(u => desk.Baseline($"user{u}", "v1")).OfType<UserArm>()];
        Assert.InRange(measured.Length, 900, 1_100);
        Assert.All(measured, a => Assert.Equal(("active:v1", "champion", true), (a.Run.Salt, a.Name, a.IsChampion)));
        Assert.Equal("active:v2", desk.Baseline(Enumerable.Range(0, 100).Select(u => $"user{u}").First(u => desk.Baseline(u, "v1") is not null), "v2")!.Run.Salt);
    }

    private static CountedArm Hour(string version, int hour, long items, double logLoss)
    {
        var counts = new ArmCounts();
        counts.Task("click").Scored[0] = items;
        counts.Task("click").LogLoss[0] = items * logLoss;
        return new(ActiveBaseline.SaltPrefix + version, hour, ExperimentArm.Champion, counts);
    }
}
