using DinOrleans.Model.Validation;
using DinOrleans.Training.Samples;

namespace DinOrleans.Training.Tests.Samples;

public sealed class SampleOptionsTests
{
    public static TheoryData<SampleOptions, string> Broken => new()
    {
        { new() { UniformNegatives = -1, PopularNegatives = 2 }, "uniformNegatives must be 0 to 100" },
        { new() { PopularNegatives = 101 }, "popularNegatives must be 0 to 100" },
        { new() { UniformNegatives = 0, PopularNegatives = 0 }, "uniformNegatives and popularNegatives must not both be 0" },
        { new() { PopularityExponent = 2.1 }, "popularityExponent must be 0 to 2" },
        { new() { PopularityExponent = double.NaN }, "popularityExponent must be 0 to 2" },
        { new() { HoldOut = (HoldOut)9 }, "holdOut must be \"none\" or \"lastItem\"" },
        { new() { HistoryOrder = (HistoryOrder)9 }, "historyOrder must be \"byTime\" or \"bySequence\"" },
        { new() { Validation = (ValidationRows)9 }, "validation must be \"latest\" or \"lastOfUser\"" },
        { new() { ValidationShare = 0.6 }, "validationShare must be 0 to 0.5" },
        { new() { TestShare = 0.6 }, "testShare must be 0 to 0.5" },
        { new() { AttributionWindow = TimeSpan.Zero }, "attributionWindow must be above 0 and at most 30 days" },
        { new() { AttributionWindow = TimeSpan.FromDays(31) }, "attributionWindow must be above 0 and at most 30 days" },
    };

    [Fact]
    public void Check_Default_IsValid() => Assert.Empty(new SampleOptions().Check());

    [Theory]
    [MemberData(nameof(Broken))]
    public void Require_BrokenRule_NamesIt(SampleOptions options, string rule) =>
        Assert.Equal($"samples: {rule}.", Assert.Throws<InvalidContentException>(options.Require).Message);
}
