using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Datasets.SampleShop;
using DinOrleans.TestMachine;

namespace DinOrleans.Benchmarks.Loop;

/// <summary>Our server over a new sample shop, which trains its first version by itself.</summary>
internal sealed class LoopServer : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private readonly HttpClient _http;

    private LoopServer(ServerProcess process, string dataset, string data)
    {
        Process = process;
        Dataset = dataset;
        Data = data;
        Address = new Uri($"http://127.0.0.1:{process.Port}/");
        _http = new HttpClient { BaseAddress = Address };
    }

    public ServerProcess Process { get; }

    /// <summary>The folder of the shop's dataset.</summary>
    public string Dataset { get; }

    /// <summary>The server's data folder.</summary>
    public string Data { get; }

    public Uri Address { get; }

    /// <summary>Writes the shop and starts a server whose data folder is new.</summary>
    public static LoopServer Start(string repository, string scratch, SampleShopOptions shop, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        string dataset = Path.Combine(scratch, "loop-shop");
        string data = Path.Combine(scratch, "loop-data");
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }

        Directory.CreateDirectory(scratch);
        new SampleShopGenerator(shop).Write(dataset, cancellationToken);
        int port = FreePort.Take(1)[0];
        string[] arguments =
        [
            "--data", data,
            "--dataset", dataset,
            "--urls", $"http://127.0.0.1:{port}",
            $"--Silo:SiloPort={FreePort.Take(1)[0]}",
            $"--Silo:GatewayPort={FreePort.Take(1)[0]}",
            .. settings.Select(s => "--" + s),
        ];
        return new(ServerProcess.Start("ours", StandaloneServer.Program(repository), port, arguments, new Dictionary<string, string>()), dataset, data);
    }

    public void Dispose()
    {
        _http.Dispose();
        Process.Dispose();
    }

    /// <summary>Waits until it answers, with whatever it ranks by.</summary>
    public Task UntilReadyAsync(CancellationToken cancellationToken) => UntilAsync(
        "is ready",
        async () =>
        {
            try
            {
                using HttpResponseMessage answer = await _http.GetAsync(new Uri("health/ready", UriKind.Relative), cancellationToken).ConfigureAwait(false);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        cancellationToken);

    /// <summary>Waits until a version is active.</summary>
    /// <param name="version">The version; null for any.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task UntilActiveAsync(string? version, CancellationToken cancellationToken) => UntilAsync(
        version is null ? "has a version" : $"has activated {version}",
        async () => await ActiveAsync(cancellationToken).ConfigureAwait(false) is { } active && (version is null || active == version),
        cancellationToken);

    /// <summary>Asks for a training and waits for its end.</summary>
    /// <returns>What came of it; null where this server takes no requests for trainings.</returns>
    /// <exception cref="InvalidOperationException">The request was refused; the message has the answer.</exception>
    public async Task<LoopTraining?> TrainAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(new Uri("v1/trainings", UriKind.Relative), new { }, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (!answer.IsSuccessStatusCode)
        {
            string body = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            throw new InvalidOperationException($"POST /v1/trainings was answered {(int)answer.StatusCode}: {body}");
        }

        JsonElement training = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken).ConfigureAwait(false);
        var path = new Uri("v1/trainings/" + Uri.EscapeDataString(training.GetProperty("id").GetString()!), UriKind.Relative);
        await UntilAsync(
            "has ended its training",
            async () =>
            {
                training = await _http.GetFromJsonAsync<JsonElement>(path, cancellationToken).ConfigureAwait(false);
                return Text(training, "endedAt") is not null;
            },
            cancellationToken).ConfigureAwait(false);
        return new(training.GetProperty("state").ToString(), Text(training, "version"), Text(training, "error"));
    }

    private async Task<string?> ActiveAsync(CancellationToken cancellationToken) =>
        Text(await _http.GetFromJsonAsync<JsonElement>(new Uri("v1/models", UriKind.Relative), cancellationToken).ConfigureAwait(false), "active");

    private async Task UntilAsync(string phase, Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            while (!await condition().ConfigureAwait(false))
            {
                if (Process.HasExited)
                {
                    throw new InvalidOperationException($"The server stopped before it {phase}:\n{Process.Output}");
                }

                await Task.Delay(Between, patience.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited {Patience} until the server {phase}:\n{Process.Output}", e);
        }
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>How a training ended.</summary>
/// <param name="State">Its state, for example "published".</param>
/// <param name="Version">The version that it published; null where none.</param>
/// <param name="Error">The reason why the training did not publish a version. Null if it did.</param>
internal sealed record LoopTraining(string State, string? Version, string? Error);
