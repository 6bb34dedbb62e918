using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Durability;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;

namespace DinOrleans.Standalone.Tests.Grpc;

/// <summary>A server that serves gRPC, called by the client that protoc makes of the .proto file.</summary>
public sealed class GrpcServerTests : IDisposable
{
    private const int Clients = 6;
    private const int BatchesPerCall = 3;

    private readonly TinyShop _shop = new();
    private readonly string _address = $"http://127.0.0.1:{FreePort.Take(1)[0]}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IEnumerable<string> Arguments => [.. _shop.Arguments, "--Grpc:Enabled", "true", "--Grpc:Urls", _address];

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Server_CalledByGrpc_DoesWhatItDoesByRest()
    {
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, Arguments);
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
        using GrpcChannel channel = GrpcChannel.ForAddress(_address);
        var client = new Recommender.RecommenderClient(channel);
        await RankWhatWasClickedAsync(server, client);
        await RefuseAsync(client);
        await ExceedADeadlineAsync();
        Assert.DoesNotContain("fail", server.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task AcknowledgedStreams_ServerKilledWhileOthersAreSent_AreThereOnceAndInOrder()
    {
        EventClient[] clients = [.. Enumerable.Range(0, Clients).Select(i => new EventClient($"c{i}", $"streamed-{i % 3}", i, _shop.ItemIds, DateTimeOffset.UtcNow.AddDays(-1)))];
        for (int round = 0; round < 2; round++)
        {
            await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, Arguments);
            await Held.AssertAsync(server.Http, clients);
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Task load = Task.WhenAll(clients.Select((client, i) => Task.Run(() => StreamAsync(client, i == 0 ? enough : null))));
            await Task.WhenAny(enough.Task, load);
            Assert.False(load.IsCompleted, $"The server stopped acknowledging: {load.Exception} {server.Output}");
            await server.KillAsync(Cancellation);
            await load;
        }

        await using StandaloneProcess last = await StandaloneProcess.StartAsync(Cancellation, Arguments);
        using GrpcChannel channel = GrpcChannel.ForAddress(_address);
        foreach (EventClient client in clients)
        {
            Assert.True(await client.TrySendAsync(events => AppendAsync(new(channel), events)));
        }

        // Nothing is pending now: what is held is what was acknowledged, no more and no less.
        await Held.AssertAsync(last.Http, clients, nothingElse: true);
        Assert.True(clients.Sum(c => c.Retries) > 0, "No kill met a call under way.");
    }

    /// <summary>Appends until the server is gone.</summary>
    /// <param name="client">Whoever sends.</param>
    /// <param name="enough">Told when some calls were acknowledged.</param>
    private async Task StreamAsync(EventClient client, TaskCompletionSource? enough)
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(_address);
        for (int calls = 1; await client.TrySendAsync(events => AppendAsync(new(channel), events)); calls++)
        {
            if (calls == 5)
            {
                enough?.TrySetResult();
            }
        }
    }

    /// <summary>Sends events in a few batches of one call.</summary>
    private static async Task<int?> AppendAsync(Recommender.RecommenderClient client, SentEvent[] events)
    {
        using AsyncClientStreamingCall<AppendRequest, AppendResponse> call = client.Append(cancellationToken: Cancellation);
        try
        {
            foreach (SentEvent[] batch in events.Chunk((events.Length + BatchesPerCall - 1) / BatchesPerCall))
            {
                await call.RequestStream.WriteAsync(Batch(batch), Cancellation);
            }

            await call.RequestStream.CompleteAsync();
            AppendResponse answer = await call.ResponseAsync;
            Assert.Equal(BatchesPerCall, answer.Requests);
            return (int)(answer.Accepted + answer.Duplicates);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled)
        {
            // The connection broke, or the server could not be reached.
            return null;
        }
    }

    private async Task RankWhatWasClickedAsync(StandaloneProcess server, Recommender.RecommenderClient client)
    {
        SentEvent[] clicks = [.. _shop.ItemIds.Take(3).Select((item, i) => new SentEvent($"click-{i}", "by-grpc", item, "click", DateTimeOffset.UtcNow.AddMinutes(i - 10)))];
        Assert.Equal(3, await AppendAsync(client, clicks));
        var request = new RankRequest { UserId = "by-grpc", Candidates = { _shop.ItemIds.Take(10).Select(i => new Candidate { ItemId = i }) }, Explain = true };
        RankResponse ranking = await client.RankAsync(request, deadline: DateTime.UtcNow.AddSeconds(50), cancellationToken: Cancellation);
        Assert.Equal((Source.Model, 3, "champion"), (ranking.Source, ranking.HistoryLength, ranking.Model.Variant));
        Assert.Equal(clicks.Select(c => c.ItemId), ranking.History.Select(b => b.ItemId));
        Assert.All(ranking.Items, item => Assert.Equal((ranking.Tasks.Count, 3), (item.Scores.Count, item.Attention.Count)));

        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync(
            "/v1/rank", new { userId = "by-grpc", candidates = _shop.ItemIds.Take(10).Select(itemId => new { itemId }) }, Cancellation);
        JsonElement byRest = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(
            byRest.GetProperty("items").EnumerateArray().Select(i => (i.GetProperty("itemId").GetString(), i.GetProperty("score").GetSingle())),
            ranking.Items.Select(i => ((string?)i.ItemId, i.Score)));
    }

    private static async Task RefuseAsync(Recommender.RecommenderClient client)
    {
        (RankRequest Request, string Broken)[] rows =
        [
            (new(), "user_id must be 1 to 200 characters"),
            (new() { UserId = "u" }, "candidates must be 1 to 1,000 items"),
            (new() { UserId = "u", Candidates = { new Candidate(), new Candidate { ItemId = "b" } } }, "candidates[0].item_id must be 1 to 200 characters"),
            (new() { UserId = "u", Candidates = { new Candidate { ItemId = "b" } }, Limit = -3 }, "limit must be 1 to 1,000"),
        ];
        foreach ((RankRequest request, string broken) in rows)
        {
            RpcException failure = await Assert.ThrowsAsync<RpcException>(() => client.RankAsync(request, cancellationToken: Cancellation).ResponseAsync);
            Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
            Assert.Contains(broken, Violations(failure));
        }

        var large = new RankRequest { UserId = new string('ü', 1 << 19), Candidates = { new Candidate { ItemId = "b" } } };
        RpcException tooLarge = await Assert.ThrowsAsync<RpcException>(() => client.RankAsync(large, cancellationToken: Cancellation).ResponseAsync);
        Assert.Equal(StatusCode.ResourceExhausted, tooLarge.StatusCode);
    }

    /// <summary>No time at all is left, which the server must notice. A client of gRPC would not even send such a call.</summary>
    private async Task ExceedADeadlineAsync()
    {
        byte[] message = new RankRequest { UserId = "late", Candidates = { new Candidate { ItemId = _shop.ItemIds[0] } } }.ToByteArray();
        using var request = new HttpRequestMessage(HttpMethod.Post, _address + "/dinorleans.v1.Recommender/Rank")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { { "grpc-timeout", "1n" } },
            Content = new ByteArrayContent([0, 0, 0, 0, (byte)message.Length, .. message]) { Headers = { ContentType = new("application/grpc") } },
        };
        using var http = new HttpClient();
        using HttpResponseMessage answer = await http.SendAsync(request, Cancellation);
        Assert.Equal("4", Assert.Single(answer.Headers.GetValues("grpc-status")));
    }

    private static AppendRequest Batch(IEnumerable<SentEvent> events) => new()
    {
        Events =
        {
            events.Select(e => new Event { EventId = e.EventId, UserId = e.UserId, ItemId = e.ItemId, Type = e.Type, Timestamp = e.Timestamp.ToTimestamp() }),
        },
    };

    private static IEnumerable<string> Violations(RpcException failure) =>
        Google.Rpc.Status.Parser.ParseFrom(failure.Trailers.GetValueBytes("grpc-status-details-bin")).Details
            .Where(d => d.Is(BadRequest.Descriptor)).SelectMany(d => d.Unpack<BadRequest>().FieldViolations).Select(v => $"{v.Field} {v.Description}");
}
