using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Datasets.Tests.Import.Plans;

public sealed class TimeReaderTests
{
    [Theory]
    [InlineData("Rfc3339", "2011-12-09T13:50:00.25+01:00", "2011-12-09T12:50:00.25Z")]
    [InlineData("unixseconds", "1767225600", "2026-01-01T00:00:00Z")]
    [InlineData("UnixSeconds", "1767225600.0", "2026-01-01T00:00:00Z")]
    [InlineData("UnixSeconds", "1.7672256e9", "2026-01-01T00:00:00Z")]
    [InlineData("UnixMilliseconds", "1767225600500", "2026-01-01T00:00:00.5Z")]
    [InlineData("UnixMicroseconds", "1767225600500000", "2026-01-01T00:00:00.5Z")]
    [InlineData("IsoLocal", "2011-12-09 12:50:00", "2011-12-09T12:50:00Z")]
    [InlineData("IsoLocal", "2011-12-09T12:50:00.123", "2011-12-09T12:50:00.123Z")]
    [InlineData("IsoLocal", "2011-12-09", "2011-12-09T00:00:00Z")]
    [InlineData("d.M.yyyy H:mm", "09.12.2011 07:05", "2011-12-09T07:05:00Z")]
    [InlineData("d.M.yyyy H:mm", "9.2.2011 7:05", "2011-02-09T07:05:00Z")]
    [InlineData("M/d/yyyy h:mm tt", "12/9/2011 1:05 PM", "2011-12-09T13:05:00Z")]
    [InlineData("yyyy-MM-dd HH:mm:ss 'UTC'", "2019-10-01 00:00:00 UTC", "2019-10-01T00:00:00Z")]
    [InlineData("yyyy-MM-dd HH:mm:sszzz", "2019-10-01 02:00:00+02:00", "2019-10-01T00:00:00Z")]
    [InlineData("ddd MMM dd HH:mm:ss zzz yyyy", "Thu Mar 22 00:00:00 -0700 2012", "2012-03-22T07:00:00Z")]
    public void TryRead_Time_IsTheMoment(string format, string text, string moment)
    {
        Assert.True(new TimeReader(format).TryRead(text, out DateTimeOffset time));
        Assert.Equal(moment, Rfc3339.Format(time));
    }

    [Theory]
    [InlineData("Rfc3339", "2011-12-09T12:50:00")]
    [InlineData("UnixSeconds", "-5")]
    [InlineData("UnixSeconds", "noon")]
    [InlineData("UnixSeconds", "1e30")]
    [InlineData("UnixMilliseconds", "99999999999999999999")]
    [InlineData("IsoLocal", "2011-12-09T12:50:00Z")]
    [InlineData("IsoLocal", "2011-13-09")]
    [InlineData("d.M.yyyy H:mm", "31.02.2011 07:05")]
    public void TryRead_OtherText_IsRefused(string format, string text) => Assert.False(new TimeReader(format).TryRead(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("seconds")]
    [InlineData("HH:mm")]
    [InlineData("dd.MM. HH:mm")]
    [InlineData("'today'")]
    public void IsFormat_WithoutAYearMonthAndDay_IsFalse(string format) => Assert.False(TimeReader.IsFormat(format));

    [Theory]
    [InlineData("2025-07-01 12:00:00", "2025-07-01T10:00:00Z")]
    [InlineData("2025-12-01 12:00:00", "2025-12-01T11:00:00Z")]
    [InlineData("2025-10-26 02:30:00", "2025-10-26T00:30:00Z", "1 local times occur twice in Europe/Berlin, because clocks went back, and are read as the first of the two.")]
    [InlineData("2025-03-30 02:30:00", "2025-03-30T01:30:00Z", "1 local times do not exist in Europe/Berlin, because clocks went forward, and are read in standard time.")]
    public void TryRead_LocalTime_IsThatOfTheZone(string text, string moment, params string[] notes)
    {
        var reader = new TimeReader("IsoLocal", TestZones.Berlin);

        Assert.True(reader.TryRead(text, out DateTimeOffset time));
        Assert.Equal(moment, Rfc3339.Format(time));
        Assert.Equal(notes, reader.Notes);
    }
}
