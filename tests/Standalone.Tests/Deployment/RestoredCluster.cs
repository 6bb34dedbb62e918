using System.Net;
using System.Net.Http.Json;
using DinOrleans.Standalone.Tests.Backups;
using DinOrleans.Standalone.Tests.Durability;
using DinOrleans.TestMachine;
using Npgsql;

namespace DinOrleans.Standalone.Tests.Deployment;

/// <summary>A backup of a cluster under load with what it must have, and the second cluster that is started on what was restored.</summary>
internal sealed class RestoredCluster
{
    private const int EventsARequest = 1_000;
    private const int FewestRefused = 8;

    private readonly DeployedCluster _first;
    private readonly ClusterBackup _backup;
    private readonly EventClient[] _clients;
    private readonly SentEvent[][] _acknowledged;
    private readonly string[] _clicks;

    private RestoredCluster(DeployedCluster first, EventClient[] clients, SentEvent[][] acknowledged, string[] clicks)
    {
        _first = first;
        _clients = clients;
        _acknowledged = acknowledged;
        _clicks = clicks;
        _backup = ClusterBackup.Make(first.Server, first.Database, first.Shop.Data);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Makes a backup while clients write, and notes what was acknowledged before it.</summary>
    public static async Task<RestoredCluster> BackUpAsync(DeployedCluster first, EventClient[] clients)
    {
        SentEvent[][] acknowledged = [.. clients.Select(c => c.Acknowledged.ToArray())];
        Assert.All(acknowledged, Assert.NotEmpty);
        return new(first, clients, acknowledged, await ClicksAsync(first.Database));
    }

    /// <summary>The ids of the clicks on items that rankings have shown: those of the rankings with the position.</summary>
    public static async Task<string[]> ClicksAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Cancellation);
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(array_agg(event_id), '{}') FROM events WHERE event_id ~ '^[0-9a-f]{32}-c[0-9]+$'";
        return (string[])(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>Restores the backup and starts a silo and a gateway on it, with the commands and settings of the first cluster.</summary>
    /// <param name="erased">A user of the backup who was erased since.</param>
    /// <param name="revoked">A key that was revoked before the backup.</param>
    /// <param name="shopper">A key that may read users and append events.</param>
    /// <param name="ranker">A key that may only rank.</param>
    public async Task AssertLosesDoublesAndAllowsNothingAsync(string erased, string revoked, string shopper, string ranker)
    {
        (string database, string told) = await _backup.RestoreAsync(Path.Combine(_first.Shop.Data, "erasures"));
        Assert.Equal("1 users had to be erased again, of 1 whose erasure is known.\n", told);
        await using DeployedCluster second = await _first.StartSecondAsync(database, _backup.Data, "silo-1", "gateway-1");
        await Eventually.BecomesAsync(
            "the version serves", () => second.ReadinessAsync("gateway-1"), answer => answer.Contains("\"model\"", StringComparison.Ordinal), cancellationToken: Cancellation);
        var intruders = new Intruders(second.Gateways, ranker);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task calling = intruders.CallAsync(over.Token);
        using HttpClient http = DeployedCluster.Client(second.Gateways[0], shopper);
        await AssertHeldAsync(http, erased);
        string[] clicks = await ClicksAsync(database);
        Assert.Empty(_clicks.Except(clicks));
        Assert.Empty(clicks.Except(await ClicksAsync(_first.Database)));
        Assert.Equal(clicks.Length, clicks.Distinct().Count());
        await SendAgainAsync(http);
        await intruders.AreRefusedAsync(FewestRefused);
        await over.CancelAsync();
        await calling;
        Assert.Empty(intruders.Allowed);
        Assert.Equal(HttpStatusCode.Unauthorized, await DeployedCluster.StatusAsync(second.Gateways[0], revoked));
    }

    /// <summary>Everything from before the backup is there, once, and nothing that was never acknowledged.</summary>
    private async Task AssertHeldAsync(HttpClient http, string erased)
    {
        Assert.Empty(await Held.AllAsync(http, erased));
        foreach (IGrouping<string, (EventClient Client, SentEvent[] Before)> user in _clients.Zip(_acknowledged).GroupBy(c => c.First.UserId))
        {
            List<SentEvent> held = await Held.AllAsync(http, user.Key);
            Assert.Empty(user.SelectMany(c => c.Before).Except(held));
            Assert.Empty(held.Except(user.SelectMany(c => c.Client.Acknowledged)));
            Assert.Equal(held.Count, held.Select(e => e.EventId).Distinct().Count());
        }
    }

    /// <summary>Sends every event again, as callers do who know that a backup was restored: then all are there, once.</summary>
    private async Task SendAgainAsync(HttpClient http)
    {
        foreach (SentEvent[] events in _clients.SelectMany(c => c.Acknowledged).Chunk(EventsARequest))
        {
            using HttpResponseMessage answer = await http.PostAsJsonAsync("/v1/events", new { events }, Cancellation);
            answer.EnsureSuccessStatusCode();
        }

        await Held.AssertAsync(http, _clients, nothingElse: true);
    }
}
