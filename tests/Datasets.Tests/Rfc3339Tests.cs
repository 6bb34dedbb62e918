namespace DinOrleans.Datasets.Tests;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2011-12-09T12:50:00Z", "2011-12-09T12:50:00Z")]
    [InlineData("2011-12-09t12:50:00z", "2011-12-09T12:50:00Z")]
    [InlineData("2011-12-09T12:50:00.1234567Z", "2011-12-09T12:50:00.1234567Z")]
    [InlineData("2011-12-09T12:50:00.12345678901Z", "2011-12-09T12:50:00.1234567Z")]
    [InlineData("2011-12-09T00:30:00+05:30", "2011-12-08T19:00:00Z")]
    [InlineData("2011-12-09T00:30:00.5-00:30", "2011-12-09T01:00:00.5Z")]
    [InlineData("2012-02-29T00:00:00Z", "2012-02-29T00:00:00Z")]
    public void TryParse_Valid_ReadsTheMoment(string text, string utc)
    {
        Assert.True(Rfc3339.TryParse(text, out DateTimeOffset timestamp));
        Assert.Equal(utc, Rfc3339.Format(timestamp));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2011-12-09")]
    [InlineData("2011-12-09T12:50:00")]
    [InlineData("2011-12-09 12:50:00Z")]
    [InlineData("2011-02-29T12:50:00Z")]
    [InlineData("2011-13-09T12:50:00Z")]
    [InlineData("2011-12-09T24:00:00Z")]
    [InlineData("2011-12-09T12:50:60Z")]
    [InlineData("2011-12-09T12:50:00.Z")]
    [InlineData("2011-12-09T12:50:00+0100")]
    [InlineData("2011-12-09T12:50:00+24:00")]
    [InlineData("2011-12-09T12:50:00Zx")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("+011-12-09T12:50:00Z")]
    public void TryParse_Invalid_IsRefused(string text) => Assert.False(Rfc3339.TryParse(text, out _));
}
