using DinOrleans.Standalone.Tests.Processes;

namespace DinOrleans.Standalone.Tests.Durability;

/// <summary>A server that is killed under load keeps what it acknowledged.</summary>
[Trait("Category", "Slow")]
public sealed class KillTests : IDisposable
{
    private const int Rounds = 12;
    private const int Clients = 8;
    private const int Users = 4;
    private const int MostRequestsARound = 120;
    private const int Seed = 20_260_101;

    private readonly TinyShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AcknowledgedEvents_ServerKilledUnderLoad_AreThereOnceAndInOrder()
    {
        var random = new Random(Seed);
        DateTimeOffset yesterday = DateTimeOffset.UtcNow.AddDays(-1);
        EventClient[] clients =
            [.. Enumerable.Range(0, Clients).Select(i => new EventClient($"c{i}", $"killed-{i % Users}", Seed + i, _shop.ItemIds, yesterday))];
        for (int round = 0; round < Rounds; round++)
        {
            await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, _shop.Arguments);
            await Held.AssertAsync(server.Http, clients);
            await KillUnderLoadAsync(server, clients, random.Next(MostRequestsARound));
        }

        await using StandaloneProcess last = await StandaloneProcess.StartAsync(Cancellation, _shop.Arguments);
        foreach (EventClient client in clients)
        {
            Assert.True(await client.TryPostAsync(last.Http, Cancellation));
        }

        // Nothing is pending now: what is held is what was acknowledged, no more and no less.
        await Held.AssertAsync(last.Http, clients, nothingElse: true);
        Assert.True(clients.Sum(c => c.Retries) > 0, "No kill met a request under way.");
        TestContext.Current.TestOutputHelper!.WriteLine($"{clients.Sum(c => c.Acknowledged.Count)} events, {clients.Sum(c => c.Retries)} requests sent again.");
    }

    public void Dispose() => _shop.Dispose();

    /// <summary>Kills the server when it has acknowledged a number of requests, with others under way.</summary>
    private static async Task KillUnderLoadAsync(StandaloneProcess server, EventClient[] clients, int requests)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int acknowledged = 0;
        Task load = Task.WhenAll(clients.Select(client => Task.Run(() => client.PostAsync(server.Http, Count, Cancellation))));
        await Task.WhenAny(enough.Task, load);
        Assert.False(load.IsCompleted, $"The server stopped acknowledging: {load.Exception} {server.Output}");
        await server.KillAsync(Cancellation);
        await load;

        void Count()
        {
            if (Interlocked.Increment(ref acknowledged) > requests)
            {
                enough.TrySetResult();
            }
        }
    }
}
