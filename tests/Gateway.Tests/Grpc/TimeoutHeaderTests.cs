using System.Globalization;
using DinOrleans.Gateway.Grpc.Calls;
using Microsoft.AspNetCore.Http;

namespace DinOrleans.Gateway.Tests.Grpc;

public sealed class TimeoutHeaderTests
{
    [Theory]
    [InlineData("0m", "0")]
    [InlineData("99n", "0")]
    [InlineData("1500u", "00:00:00.0015")]
    [InlineData("250m", "00:00:00.25")]
    [InlineData("2S", "00:00:02")]
    [InlineData("1M", "00:01:00")]
    [InlineData("2M", "00:01:00")]
    [InlineData("99999999H", "00:01:00")]
    public void Read_ATime_GivesItUpToAMinute(string header, string expected) =>
        Assert.Equal(TimeSpan.Parse(expected, CultureInfo.InvariantCulture), TimeoutHeader.Read(new HeaderDictionary { ["grpc-timeout"] = header }));

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("-1S")]
    [InlineData("1.5S")]
    [InlineData("1s")]
    [InlineData("100000000S")]
    [InlineData("soon")]
    public void Read_WhatIsNoTime_GivesNone(string header) => Assert.Null(TimeoutHeader.Read(new HeaderDictionary { ["grpc-timeout"] = header }));

    [Fact]
    public void Read_NoHeader_GivesNone() => Assert.Null(TimeoutHeader.Read(new HeaderDictionary()));
}
