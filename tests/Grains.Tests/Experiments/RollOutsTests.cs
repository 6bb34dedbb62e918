using DinOrleans.Contracts.Experiments;
using DinOrleans.Grains.Experiments;

namespace DinOrleans.Grains.Tests.Experiments;

public sealed class RollOutsTests
{
    [Fact]
    public void NameOf_AVersionThatFits_HasTheVersion() => Assert.Equal("rollout.20261127-032824-din-303706c2", RollOuts.NameOf("20261127-032824-din-303706c2"));

    [Fact]
    public void NameOf_VersionsThatDoNotFit_AreValidAndDiffer()
    {
        string[] versions = ["V1", "v_1", "v 1", "v+1", "v\u00e41", new string('a', 57), new string('a', 58), new string('a', 200)];
        string[] names = [.. versions.Append("v1").Append("v-1").Select(RollOuts.NameOf)];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.Empty(ExperimentRules.Check(new ExperimentOptions().RollOutOf(name, "v")).Listed));
    }
}
