namespace DinOrleans.Datasets.Tests.Import;

/// <summary>Time zones for tests. A test skips where the machine has no database of time zones.</summary>
internal static class TestZones
{
    public static TimeZoneInfo Berlin => Require("Europe/Berlin");

    public static TimeZoneInfo London => Require("Europe/London");

    private static TimeZoneInfo Require(string name)
    {
        Assert.SkipUnless(TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone), $"This test needs the time zone {name}, which Debian has in the package tzdata.");
        return zone!;
    }
}
