using System.Net.Sockets;
using DinOrleans.Storage.Postgres;
using Npgsql;

namespace DinOrleans.Storage.Tests.Postgres;

public sealed class PostgresFaultClassTests
{
    [Theory]
    [InlineData("08006")]
    [InlineData("25006")]
    [InlineData("40001")]
    [InlineData("40P01")]
    [InlineData("53100")]
    [InlineData("53300")]
    [InlineData("55P03")]
    [InlineData("57P01")]
    [InlineData("57P03")]
    [InlineData("58030")]
    public void IsTemporary_WhatMayPass_IsTrue(string state) => Assert.True(PostgresFault.IsTemporary(Of(state)));

    [Theory]
    [InlineData("22021")]
    [InlineData("23505")]
    [InlineData("28P01")]
    [InlineData("3D000")]
    [InlineData("42501")]
    [InlineData("42601")]
    [InlineData("42P01")]
    [InlineData("XX001")]
    public void IsTemporary_WhatARetryMeetsAgain_IsFalse(string state) => Assert.False(PostgresFault.IsTemporary(Of(state)));

    [Fact]
    public void IsTemporary_BrokenConnections_IsTrueAndFaultsOfOurOwnAreNot()
    {
        Assert.True(PostgresFault.IsTemporary(new NpgsqlException("Failed to connect", new SocketException())));
        Assert.True(PostgresFault.IsTemporary(new TimeoutException()));
        Assert.False(PostgresFault.IsTemporary(new ArgumentException("Unpaired surrogate")));
    }

    private static PostgresException Of(string state) => new("text", "ERROR", "ERROR", state);
}
