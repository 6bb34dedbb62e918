using DinOrleans.Contracts.Experiments;

namespace DinOrleans.Contracts.Tests.Experiments;

public sealed class UserAssignmentTests
{
    [Theory]
    [InlineData("salt", "user", 1495)]
    [InlineData("", "u1", 6135)]
    [InlineData("7f", "größe", 2897)]
    public void Place_OfAUser_IsTheSameInEveryVersionOfTheProgram(string salt, string user, int place) => Assert.Equal(place, UserAssignment.Place(salt, user));

    [Fact]
    public void Place_OfTheLongestIds_IsAPlace()
    {
        string longest = new('€', 200);
        Assert.InRange(UserAssignment.Place(longest, longest), 0, UserAssignment.Places - 1);
    }

    [Fact]
    public void Arm_WhileTheShareGrows_NeverGivesAUserBack()
    {
        ExperimentRun run = Canary([1, 5, 25, 50, 100]);
        foreach (string user in Users(20_000))
        {
            bool isIn = false;
            for (int stage = 0; stage < 5; stage++)
            {
                bool isInNow = UserAssignment.Arm(run with { Stage = stage }, user) == "new";
                Assert.True(isInNow || !isIn, $"{user} left the arm at stage {stage}");
                isIn = isInNow;
            }

            Assert.True(isIn);
        }
    }

    [Fact]
    public void Arm_OfAMillionUsers_SplitsThemWithinThreeStandardDeviations()
    {
        ExperimentRun run = Run(new Experiment
        {
            Name = "split",
            Mode = ExperimentMode.Split,
            Arms = [new() { Name = "a", Share = 20 }, new() { Name = "b", Share = 30 }],
        });
        const int N = 1_000_000;
        Dictionary<string, int> counts = Users(N).CountBy(u => UserAssignment.Arm(run, u)!).ToDictionary();
        foreach ((string arm, double share) in new[] { ("a", 0.2), ("b", 0.3), (ExperimentArm.Champion, 0.5) })
        {
            Assert.InRange(counts[arm], (share * N) - (3 * Math.Sqrt(N * share * (1 - share))), (share * N) + (3 * Math.Sqrt(N * share * (1 - share))));
            Assert.Equal(share, UserAssignment.Share(run, arm), 9);
        }
    }

    [Fact]
    public void Arm_OfTwoExperiments_IsIndependent()
    {
        ExperimentRun one = Canary([50]);
        ExperimentRun other = Canary([50]) with { Salt = "other" };
        int both = Users(40_000).Count(u => UserAssignment.Arm(one, u) == "new" && UserAssignment.Arm(other, u) == "new");
        Assert.InRange(both, 9_700, 10_300);
    }

    [Fact]
    public void Arm_OutsideTheRangeOfUsers_IsNone()
    {
        ExperimentRun first = Canary([100], new UserRange(0, 30));
        ExperimentRun second = Canary([100], new UserRange(30, 100));
        foreach (string user in Users(5_000))
        {
            Assert.Single(new[] { first, second }, run => UserAssignment.Arm(run, user) is not null);
        }
    }

    private static ExperimentRun Canary(double[] ramp, UserRange? users = null) => Run(new Experiment
    {
        Name = "canary",
        Mode = ExperimentMode.Canary,
        Arms = [new() { Name = "new", Version = "v2" }],
        Ramp = ramp,
        Users = users ?? UserRange.All,
    });

    private static ExperimentRun Run(Experiment experiment) =>
        new() { Experiment = experiment, Salt = "salt", StartedAt = DateTimeOffset.UnixEpoch, StageSince = DateTimeOffset.UnixEpoch };

    private static IEnumerable<string> Users(int count) => Enumerable.Range(0, count).Select(i => $"user{i}");
}
