using DinOrleans.Contracts.Validation;

namespace DinOrleans.Contracts.Tests.Validation;

public sealed class IdRuleTests
{
    public static TheoryData<string> Good => ["a", "...", ".a", " a", "商品/1", "👟", "a b", "%2F", new string('x', 200), string.Concat(Enumerable.Repeat("👟", 100))];

    public static TheoryData<string?, string> Bad => new()
    {
        { null, "must be 1 to 200 characters" },
        { "", "must be 1 to 200 characters" },
        { new string('x', 201), "must be 1 to 200 characters" },
        { "a\nb", "must not hold control characters" },
        { "\0", "must not hold control characters" },
        { "\u007f", "must not hold control characters" },
        { "\u0085", "must not hold control characters" },
        { " ", "must not be only white space" },
        { "\u00a0", "must not be only white space" },
        { "\u3000\u2003 ", "must not be only white space" },
        { ".", "must not be \".\" or \"..\"" },
        { "..", "must not be \".\" or \"..\"" },
        { "\ud800", "must be valid Unicode" },
        { "a\udc00", "must be valid Unicode" },
        { "\ud83d\ud83d", "must be valid Unicode" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void CheckId_AllowedId_BreaksNothing(string id) => Assert.Empty(UserRules.CheckId(id).Listed);

    [Theory]
    [MemberData(nameof(Bad))]
    public void CheckId_OneRuleBroken_NamesIt(string? id, string rule) => Assert.Equal([new Violation("userId", rule)], UserRules.CheckId(id).Listed);
}
