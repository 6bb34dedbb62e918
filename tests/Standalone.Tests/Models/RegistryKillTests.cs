using System.Text.Json;
using DinOrleans.Contracts.Models;
using DinOrleans.Standalone.Tests.Clustering;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.Storage.Artifacts;
using DinOrleans.TestMachine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DinOrleans.Standalone.Tests.Models;

/// <summary>The silo of the model registry is killed at each step of a publish and of an activation; the cluster comes to rest.</summary>
[Trait("Category", "Slow")]
public sealed class RegistryKillTests
{
    private const string Acknowledged = "acknowledged";

    /// <summary>When the silo is killed.</summary>
    private enum Moment
    {
        Sent,
        Acknowledged,
        Active,
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_OfTheOnlySilo_LosesNothingThatWasAcknowledged()
    {
        using var shop = new TinyShop();
        int[] ports = FreePort.Take(3);
        string active = Path.GetFileName(shop.Artifact), before = active;
        StandaloneProcess server = await StandaloneProcess.StartAsync(ports, Cancellation, shop.Arguments);
        try
        {
            await RestsAsync(server, [active]);
            int seed = 2;
            foreach (Moment moment in Enum.GetValues<Moment>())
            {
                foreach (bool isPublish in (bool[])[true, false])
                {
                    string version = isPublish ? await ImportAsync(shop, seed++) : before;
                    using (IHost client = await ConnectAsync(c => c.UseLocalhostClustering(server.ClientPort, "dinorleans", "dinorleans")))
                    {
                        await ChangeAsync(Registry(client), version, isPublish, moment);
                        await server.KillAsync(Cancellation);
                    }

                    await server.DisposeAsync();
                    server = await StandaloneProcess.StartAsync(ports, Cancellation, shop.Arguments);
                    string now = await RestsAsync(server, moment == Moment.Sent ? [active, version] : [version]);
                    (before, active) = now == active ? (before, active) : (active, now);
                }
            }
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    [Trait("Category", "PostgreSql")]
    public async Task Kill_OfTheRegistrysSiloInACluster_LosesNothingThatWasAcknowledged()
    {
        using var cluster = new PostgresShop();
        int[][] ports = [FreePort.Take(3), FreePort.Take(3)];
        StandaloneProcess[] servers = [await cluster.StartAsync(ports[0], Cancellation), await cluster.StartAsync(ports[1], Cancellation)];
        try
        {
            string active = await RestsAsync(servers[0], [Path.GetFileName(cluster.Shop.Artifact)]);
            int seed = 2;
            foreach (Moment moment in Enum.GetValues<Moment>())
            {
                string version = await ImportAsync(cluster.Shop, seed++);
                int killed;
                using (IHost client = await ConnectAsync(c => c.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", cluster.Database))))
                {
                    killed = await RegistrysSiloAsync(client, ports);
                    await ChangeAsync(Registry(client), version, isPublish: true, moment);
                    await servers[killed].KillAsync(Cancellation);
                }

                // The one that is left comes to rest by itself, and so do both.
                active = await RestsAsync(servers[1 - killed], moment == Moment.Sent ? [active, version] : [version]);
                await servers[killed].DisposeAsync();
                servers[killed] = await cluster.StartAsync(ports[killed], Cancellation);
                await RestsAsync(servers[killed], [active]);
            }
        }
        finally
        {
            await servers[0].DisposeAsync();
            await servers[1].DisposeAsync();
        }
    }

    private static IModelRegistryGrain Registry(IHost client) => client.Services.GetRequiredService<IGrainFactory>().GetGrain<IModelRegistryGrain>(0);

    private static Task<string> ImportAsync(TinyShop shop, int seed) =>
        new FolderArtifactStore(Path.Combine(shop.Data, "versions")).ImportAsync(shop.WriteVersion(seed), Cancellation);

    private static async Task<IHost> ConnectAsync(Action<IClientBuilder> clustering)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.UseOrleansClient(client =>
        {
            client.Configure<Orleans.Configuration.ClusterOptions>(o => o.ClusterId = o.ServiceId = "dinorleans");
            clustering(client);
            client.KeepTrying();
        });
        IHost host = builder.Build();
        await host.StartAsync(Cancellation);
        return host;
    }

    private static async Task ChangeAsync(IModelRegistryGrain registry, string version, bool isPublish, Moment moment)
    {
        if (moment == Moment.Sent)
        {
            // The answer may come or not: the process that would give it is killed.
            _ = SendAsync().ContinueWith(t => t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return;
        }

        await Eventually.BecomesAsync("the change is acknowledged", TryAsync, answer => answer == Acknowledged, cancellationToken: Cancellation);
        if (moment == Moment.Active)
        {
            await Eventually.BecomesAsync(
                $"{version} is active", async () => (await registry.GetAsync(Cancellation)).Assignment.Active, active => active == version, cancellationToken: Cancellation);
        }

        Task SendAsync() => isPublish ? registry.PublishAsync(version, Cancellation) : registry.ActivateAsync(version, Cancellation);

        async Task<string> TryAsync()
        {
            try
            {
                await SendAsync();
                return Acknowledged;
            }
            catch (Exception e) when (e is TimeoutException or OrleansException)
            {
                return e.Message;
            }
        }
    }

    /// <returns>The server that holds the registry.</returns>
    private static async Task<int> RegistrysSiloAsync(IHost client, int[][] ports)
    {
        await Registry(client).GetAsync(Cancellation);
        IManagementGrain management = client.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        SiloAddress silo = (await management.GetActivationAddress(Registry(client)))!;
        return Array.FindIndex(ports, p => p[1] == silo.Endpoint.Port);
    }

    /// <summary>Waits until nothing is on its way in or out, and every silo ranks with one of the versions.</summary>
    private static async Task<string> RestsAsync(StandaloneProcess server, string[] versions)
    {
        string active = "";
        await server.WaitAsync(
            "/v1/models",
            models =>
            {
                active = IsAtRest(JsonElement.Parse(models)) ?? "";
                return versions.Contains(active);
            },
            Cancellation);
        return active;
    }

    private static string? IsAtRest(JsonElement models)
    {
        if (models.TryGetProperty("target", out _) || models.TryGetProperty("retiring", out _) || !models.TryGetProperty("active", out JsonElement active))
        {
            return null;
        }

        JsonElement[] silos = [.. models.GetProperty("silos").EnumerateArray()];
        bool allServe = silos.Length > 0 && silos.All(s => s.TryGetProperty("serving", out JsonElement serving) && serving.GetString() == active.GetString());
        return allServe ? active.GetString() : null;
    }
}
