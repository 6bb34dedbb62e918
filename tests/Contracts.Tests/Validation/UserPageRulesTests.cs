using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;

namespace DinOrleans.Contracts.Tests.Validation;

public sealed class UserPageRulesTests
{
    private const string Place = "after must be the \"next\" of a page";

    [Theory]
    [InlineData(0, null, "limit must be 1 to 1,000")]
    [InlineData(-1, null, "limit must be 1 to 1,000")]
    [InlineData(1_001, null, "limit must be 1 to 1,000")]
    [InlineData(1, "", Place)]
    [InlineData(1, "x-1-2", Place)]
    [InlineData(1, "b-1", Place)]
    [InlineData(1, "b-1-2-3", Place)]
    [InlineData(1, "b- 1-2", Place)]
    [InlineData(1, "b-01-2", Place)]
    [InlineData(1, "b-1-ffffffffffffffff", Place)]
    [InlineData(1, "b-1-10000000000000000", Place)]
    public void Check_OneRuleBroken_NamesFieldAndRule(int limit, string? after, string expected)
    {
        Violation broken = Assert.Single(UserPageRules.Check(new(limit, after)).Listed);
        Assert.Equal(expected, $"{broken.Field} {broken.Rule}");
    }

    [Theory]
    [InlineData(false, 0, 0)]
    [InlineData(true, 638_000_000_000_000_000, 17)]
    [InlineData(false, long.MaxValue, long.MaxValue)]
    public void Check_PlaceOfAPage_IsValidAndReadBack(bool inRankings, long time, long number)
    {
        var place = new UserPlace(inRankings, time, number);
        Assert.Empty(UserPageRules.Check(new(1, place.ToString())).Listed);
        Assert.True(UserPlace.TryParse(place.ToString(), out UserPlace read));
        Assert.Equal(place, read);
    }
}
