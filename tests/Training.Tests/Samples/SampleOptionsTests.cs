using DinOrleans.Training.Samples;

namespace DinOrleans.Training.Tests.Samples;

public sealed class SampleOptionsTests
{
    public static TheoryData<SampleOptions, string> Broken => new()
    {
        { new() { UniformNegatives = -1, PopularNegatives = 2 }, "UniformNegatives must be 0 to 100" },
        { new() { PopularNegatives = 101 }, "PopularNegatives must be 0 to 100" },
        { new() { UniformNegatives = 0, PopularNegatives = 0 }, "UniformNegatives and PopularNegatives must not both be 0" },
        { new() { PopularityExponent = 2.1 }, "PopularityExponent must be 0 to 2" },
        { new() { PopularityExponent = double.NaN }, "PopularityExponent must be 0 to 2" },
        { new() { HoldOut = (HoldOut)9 }, "HoldOut must be None or LastItem" },
        { new() { HistoryOrder = (HistoryOrder)9 }, "HistoryOrder must be ByTime or BySequence" },
        { new() { Validation = (ValidationRows)9 }, "Validation must be Latest or LastOfUser" },
        { new() { ValidationShare = 0.6 }, "ValidationShare must be 0 to 0.5" },
        { new() { TestShare = 0.6 }, "TestShare must be 0 to 0.5" },
        { new() { AttributionWindow = TimeSpan.Zero }, "AttributionWindow must be above 0 and at most 30 days" },
        { new() { AttributionWindow = TimeSpan.FromDays(31) }, "AttributionWindow must be above 0 and at most 30 days" },
    };

    [Fact]
    public void Validate_Default_IsValid() => new SampleOptions().Validate();

    [Theory]
    [MemberData(nameof(Broken))]
    public void Validate_BrokenRule_NamesIt(SampleOptions options, string rule) =>
        Assert.Equal($"Sample options: {rule}.", Assert.Throws<ArgumentException>(options.Validate).Message);
}
