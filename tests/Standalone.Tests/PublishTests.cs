using System.Net.Http.Json;
using DinOrleans.Standalone.Tests.Processes;

namespace DinOrleans.Standalone.Tests;

/// <summary>A server that is started with a version serves that version.</summary>
public sealed class PublishTests : IDisposable
{
    private readonly TinyShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_WithAnotherVersion_PublishesItOnceAndLeavesALaterChoiceAlone()
    {
        string first = _shop.Artifact, second = _shop.WriteVersion(seed: 2);
        await using (StandaloneProcess server = await StartAsync(first))
        {
            await ServesAsync(server, first);
            Assert.True(await server.InterruptAsync(Cancellation) == 0, server.Output);
        }

        await using (StandaloneProcess server = await StartAsync(second))
        {
            await ServesAsync(server, second);
            using HttpResponseMessage back = await server.Http.PostAsJsonAsync($"/v1/models/{Path.GetFileName(first)}/activate", new { }, Cancellation);
            back.EnsureSuccessStatusCode();
            await ServesAsync(server, first);
            Assert.True(await server.InterruptAsync(Cancellation) == 0, server.Output);
        }

        await using StandaloneProcess last = await StartAsync(second);
        await last.LineAsync("curl", Cancellation);
        await ServesAsync(last, first);
    }

    public void Dispose() => _shop.Dispose();

    private Task<StandaloneProcess> StartAsync(string artifact) =>
        StandaloneProcess.StartAsync(Cancellation, "--dataset", _shop.Dataset, "--artifact", artifact, "--data", _shop.Data);

    private static Task ServesAsync(StandaloneProcess server, string version) => server.WaitAsync(
        "/v1/models", body => body.Contains($"\"serving\":\"{Path.GetFileName(version)}\"", StringComparison.Ordinal), Cancellation);
}
