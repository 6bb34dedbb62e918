using System.Diagnostics;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.TestMachine;

namespace DinOrleans.Benchmarks.Catalogue;

/// <summary>Starts the server over a catalogue and measures it.</summary>
/// <param name="shop">The catalogue and its versions.</param>
/// <param name="program">Path of the server's program.</param>
/// <param name="settings">Settings that differ from the defaults.</param>
/// <param name="items">The number of items of the catalogue.</param>
/// <param name="connections">The connections of the load.</param>
internal sealed class CatalogueRun(CatalogueShop shop, string program, IReadOnlyList<string> settings, int items, int connections)
{
    private static readonly RankShape Shape = new(100, 50);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    private readonly RankRequests _requests = new(Shape, CatalogueShop.Users, items);

    public async Task<CatalogueResult> MeasureAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        shop.ForgetVersions();
        using (ServerProcess first = Start())
        {
            // It publishes the first version. What is measured is a start over what is there.
            await WarmUp.UntilReadyAsync(first, cancellationToken).ConfigureAwait(false);
        }

        long started = Stopwatch.GetTimestamp();
        using ServerProcess server = Start();
        await WarmUp.UntilReadyAsync(server, cancellationToken).ConfigureAwait(false);
        TimeSpan ready = Stopwatch.GetElapsedTime(started);
        await WarmUp.RunAsync(server, Shape, _requests, cancellationToken).ConfigureAwait(false);
        LoadResult load = await ClosedLoop.RunAsync(server.Port, _requests, connections, duration, cancellationToken).ConfigureAwait(false);
        long oneVersion = server.ResidentBytes;
        (TimeSpan swap, long peak) = await SwapAsync(server, cancellationToken).ConfigureAwait(false);

        // The version before is held by a shadow of all users, so that rankings keep both versions busy.
        string before = Path.GetFileName(shop.Artifact);
        var shadow = new { mode = "shadow", arms = new[] { new { name = "before", version = before, share = 100 } } };
        await SecondVersion.StartAsync(server, before, "shadow", shadow, cancellationToken).ConfigureAwait(false);
        await ClosedLoop.RunAsync(server.Port, _requests, connections, duration, cancellationToken).ConfigureAwait(false);
        return new(ready, oneVersion, swap, peak, server.ResidentBytes, load);
    }

    private async Task<(TimeSpan Time, long Peak)> SwapAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        string next = await SecondVersion.RecordAsync(server, shop.Next, shop.Data, cancellationToken).ConfigureAwait(false);
        using var models = new ModelsClient(server);
        long start = Stopwatch.GetTimestamp();
        await models.SendAsync(HttpMethod.Post, $"v1/models/{next}/activate", new { }, cancellationToken).ConfigureAwait(false);
        long peak = server.ResidentBytes;
        while (!await models.AreAllAsync("serving", next, cancellationToken).ConfigureAwait(false))
        {
            peak = Math.Max(peak, server.ResidentBytes);
            await Task.Delay(Between, cancellationToken).ConfigureAwait(false);
        }

        return (Stopwatch.GetElapsedTime(start), peak);
    }

    private ServerProcess Start()
    {
        int port = FreePort.Take(1)[0];
        string[] arguments =
        [
            "--data", shop.Data,
            "--artifact", shop.Artifact,
            "--urls", $"http://127.0.0.1:{port}",
            $"--Silo:SiloPort={FreePort.Take(1)[0]}",
            $"--Silo:GatewayPort={FreePort.Take(1)[0]}",
            .. settings.Select(s => "--" + s),
        ];
        return ServerProcess.Start("catalogue", program, port, arguments, new Dictionary<string, string>());
    }
}

/// <summary>What was measured over one catalogue.</summary>
/// <param name="Ready">From the start of the process to the first ranking by the model.</param>
/// <param name="OneVersion">Resident memory after the load, in bytes. It counts the pages of mapped files.</param>
/// <param name="Swap">From the activation of another version to the moment that it serves.</param>
/// <param name="PeakOfSwap">The most resident memory meanwhile, in bytes.</param>
/// <param name="TwoVersions">Resident memory after a load that both versions scored, in bytes.</param>
/// <param name="Load">The rankings of the load with one version.</param>
internal sealed record CatalogueResult(TimeSpan Ready, long OneVersion, TimeSpan Swap, long PeakOfSwap, long TwoVersions, LoadResult Load);
