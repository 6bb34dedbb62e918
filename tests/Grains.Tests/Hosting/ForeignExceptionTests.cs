using DinOrleans.Contracts;
using DinOrleans.Grains.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Polly.Timeout;

namespace DinOrleans.Grains.Tests.Hosting;

/// <summary>What a process without a silo's libraries reads of the exceptions that leave the silo.</summary>
public sealed class ForeignExceptionTests
{
    private const string Host = "db.internal";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sent_ExceptionOfALibrary_ArrivesAsOursWithoutItsText(bool isPostgres)
    {
        Exception read = SentAndRead(OfLibrary(isPostgres));
        Assert.IsType<InternalErrorException>(read);
        Assert.Null(read.InnerException);
        Assert.DoesNotContain(Host, read.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sent_ExceptionOfALibraryWithinAnother_ArrivesWithoutItsText(bool isPostgres)
    {
        Exception read = SentAndRead(new OrleansException("The message was lost.", OfLibrary(isPostgres)));
        Assert.Equal("The message was lost.", Assert.IsType<OrleansException>(read).Message);
        Assert.DoesNotContain(Host, read.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sent_TimeoutOfThePipelinesOfOrleans_ArrivesAsATimeout() => Assert.IsType<TimeoutException>(SentAndRead(new TimeoutRejectedException("slow")));

    [Fact]
    public void Sent_OurOwn_ArriveAsTheyAre()
    {
        Assert.Equal("no store", Assert.IsType<StoreUnavailableException>(SentAndRead(new StoreUnavailableException("no store"))).Message);
        Assert.Equal("id must be given", Assert.IsType<InvalidInputException>(SentAndRead(new InvalidInputException([new("id", "must be given")]))).Message);
    }

    [Fact]
    public void MayLeave_WhatTheRuntimeOrALibraryThrows_IsFalse()
    {
        Assert.False(WireExceptions.MayLeave(new IOException("/data/dinorleans.db")));
        Assert.False(WireExceptions.MayLeave(new InvalidOperationException()));
        Assert.False(WireExceptions.MayLeave(new NpgsqlException()));
        Assert.True(WireExceptions.MayLeave(new OperationCanceledException()));
        Assert.True(WireExceptions.MayLeave(new StoreUnavailableException("no store")));
    }

    private static Exception OfLibrary(bool isPostgres) => isPostgres ? new NpgsqlException($"Failed to connect to {Host}") : new SqliteException(Host, 1);

    private static Exception SentAndRead(Exception sent)
    {
        IServiceCollection silo = new ServiceCollection().AddLogging().AddSerializer();
        silo.Insert(0, ServiceDescriptor.Singleton<IGeneralizedCodec, ForeignExceptionCodec>());
        using ServiceProvider sender = silo.BuildServiceProvider();
        byte[] wire = sender.GetRequiredService<Serializer>().SerializeToArray(sent);

        // The reader does not have the codec: it is the caller.
        using ServiceProvider reader = new ServiceCollection().AddSerializer().BuildServiceProvider();
        return reader.GetRequiredService<Serializer>().Deserialize<Exception>(wire)!;
    }
}
