using System.Globalization;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;
using DinOrleans.TestMachine;

namespace DinOrleans.Benchmarks.Rank;

/// <summary>Builds the servers, loads them in turns and prints the table.</summary>
internal static class RankComparison
{
    /// <summary>Open loops come at these shares of the first server's closed-loop rate.</summary>
    private static readonly double[] OpenShares = [0.5, 0.8];

    public static async Task RunAsync(RankOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Scratch);
        List<IContestant> contestants = Contestants(options);
        foreach (IContestant contestant in contestants)
        {
            Say($"building {contestant.Name}");
            await contestant.BuildAsync(cancellationToken).ConfigureAwait(false);
        }

        var table = new RankTable();
        foreach (RankShape shape in options.Shapes)
        {
            await CompareAsync(shape, contestants, options, table, cancellationToken).ConfigureAwait(false);
        }

        Console.WriteLine();
        Console.Write(table);
    }

    private static List<IContestant> Contestants(RankOptions options)
    {
        string repository = Repository.Folder();
        List<IContestant> contestants = [];
        if (PlainServer.Find(repository) is { } plain)
        {
            contestants.Add(new PlainServer(plain, Path.Combine(options.Scratch, "plain")));
        }
        else
        {
            Say("the plain server is left out: ../shared/peers/plain-aspnet is missing");
        }

        if (options.HasPython)
        {
            contestants.Add(new PythonServer(PythonServer.Folder(repository)));
        }

        Dictionary<int, BenchmarkShop> shops = options.Shapes.Select(s => s.History).Distinct()
            .ToDictionary(h => h, h => BenchmarkShop.In(Path.Combine(options.Scratch, $"shop-{h}"), h));
        BenchmarkShop Shop(int history) => shops[history];

        string data = Path.Combine(options.Scratch, "data");
        if (options.Against is { } against)
        {
            contestants.Add(new StandaloneServer("before", Path.GetFullPath(against), data, Shop, []));
        }

        contestants.Add(new StandaloneServer("ours", repository, data, Shop, []));
        contestants.AddRange(options.Variants.Select(v => v.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(words => new StandaloneServer(words[0], repository, data, Shop, words[1..])));
        foreach ((string name, string mode, double? share) in new[] { ("shadow", "shadow", options.Shadow), ("canary", "split", options.Canary) })
        {
            if (share is { } percent)
            {
                contestants.Add(new TwoVersionServer(new StandaloneServer(name, repository, data, Shop, []), Shop, mode, percent, options.Scratch));
            }
        }

        if (options.BesideTraining)
        {
            contestants.Add(new TrainingServer(new StandaloneServer("training", repository, data, Shop, TrainingServer.Settings)));
        }

        if (options.Keys)
        {
            contestants.Add(new KeyedServer(new StandaloneServer("keys", repository, data, Shop, KeyedServer.Settings), Shop));
        }

        if (options.Grpc)
        {
            int port = FreePort.Take(1)[0];
            contestants.Add(new RpcServer(new StandaloneServer("grpc", repository, data, Shop, RpcServer.Settings(port)), port));
        }

        if (options.Tracing is { } traced)
        {
            var collector = new TraceCollector();
            contestants.Add(new TracedServer(new StandaloneServer("traced", repository, data, Shop, [], TracedServer.Variables(collector, traced)), collector));
        }

        return contestants;
    }

    private static async Task CompareAsync(
        RankShape shape, List<IContestant> contestants, RankOptions options, RankTable table, CancellationToken cancellationToken)
    {
        List<ServerProcess> servers = [];
        var requests = new Dictionary<ServerProcess, IRequestSource>();
        try
        {
            foreach (IContestant contestant in contestants)
            {
                Say($"{shape}: starting and warming {contestant.Name}");
                ServerProcess server = contestant.Start(shape);
                servers.Add(server);
                string? authorization = await contestant.AuthorizeAsync(server, shape, cancellationToken).ConfigureAwait(false);
                requests.Add(server, contestant.Requests(shape, authorization));
                await WarmUp.RunAsync(server, shape, new RankRequests(shape, authorization: authorization), cancellationToken).ConfigureAwait(false);
                await contestant.SetUpAsync(server, shape, cancellationToken).ConfigureAwait(false);
            }

            double typicalRate = 0;
            foreach (int connections in options.Connections ?? shape.Connections)
            {
                var measured = await InTurnsAsync(
                    contestants,
                    servers,
                    options.Rounds,
                    server => ClosedLoop.RunAsync(server.Port, requests[server], connections, Length(options), cancellationToken),
                    cancellationToken).ConfigureAwait(false);
                table.Add(shape, $"closed, {connections}", measured);
                typicalRate = connections == shape.TypicalConnections ? measured[0].Load.RequestsPerSecond : typicalRate;
            }

            foreach (double share in options.OpenLoops && typicalRate > 0 ? OpenShares : [])
            {
                double rate = Math.Round(typicalRate * share);
                var measured = await InTurnsAsync(
                    contestants,
                    servers,
                    options.Rounds,
                    server => OpenLoop.RunAsync(server.Port, requests[server], rate, Length(options), cancellationToken),
                    cancellationToken).ConfigureAwait(false);
                table.Add(shape, string.Create(CultureInfo.InvariantCulture, $"open, {rate}/s"), measured);
            }
        }
        finally
        {
            servers.ForEach(s => s.Dispose());
        }
    }

    private static async Task<List<Measurement>> InTurnsAsync(
        List<IContestant> contestants, List<ServerProcess> servers, int count, Func<ServerProcess, Task<LoadResult>> load, CancellationToken cancellationToken)
    {
        List<LoadResult>[] rounds = [.. servers.Select(_ => new List<LoadResult>())];
        var processor = new TimeSpan[servers.Count];
        var counts = new ServerCounts?[servers.Count];
        for (int round = 0; round < count; round++)
        {
            for (int i = 0; i < servers.Count; i++)
            {
                await contestants[i].BeginRoundAsync(servers[i], cancellationToken).ConfigureAwait(false);
                ServerCounts? counted = await ServerCounts.ReadAsync(servers[i], cancellationToken).ConfigureAwait(false);
                TimeSpan before = servers[i].ProcessorTime;
                rounds[i].Add(await load(servers[i]).ConfigureAwait(false));
                processor[i] += servers[i].ProcessorTime - before;
                counts[i] = ServerCounts.Add(counts[i], counted, await ServerCounts.ReadAsync(servers[i], cancellationToken).ConfigureAwait(false));
                await contestants[i].EndRoundAsync(servers[i], cancellationToken).ConfigureAwait(false);
            }
        }

        return [.. servers.Select((server, i) => new Measurement(server.Name, LoadResult.Sum(rounds[i]), processor[i], server.ResidentBytes, counts[i]))];
    }

    private static TimeSpan Length(RankOptions options) => TimeSpan.FromSeconds(options.Seconds);

    private static void Say(string line) => Console.Error.WriteLine(line);
}
