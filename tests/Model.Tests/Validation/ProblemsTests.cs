using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Tests.Validation;

public sealed class ProblemsTests
{
    [Fact]
    public void Require_RuleThatHolds_IsNotAProblem()
    {
        Problems problems = [];
        problems.Require(true, "a must be 1");
        problems.Require(false, "b must be 2");

        Assert.Equal(["b must be 2"], problems);
    }

    [Fact]
    public void ToString_ManyProblems_ListsTheFirstTwentyAndCountsTheRest()
    {
        Problems problems = [.. Enumerable.Range(1, 23).Select(i => $"rule {i}")];

        Assert.StartsWith("rule 1; rule 2; ", problems.ToString());
        Assert.EndsWith("; rule 20; and 3 more", problems.ToString());
    }
}
