using System.Diagnostics;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Clustering;
using DinOrleans.Standalone.Tests.Processes;

namespace DinOrleans.Standalone.Tests.TrainingRuns;

/// <summary>What was shown and clicked trains the next version, which proves itself before it takes over.</summary>
[Trait("Category", "Slow")]
public sealed class LoopTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Standalone_WithShoppers_LearnsRollsOutAndRollsABadVersionBack()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows sends Ctrl-C to a whole console, this test's own process with it.");
        using var loop = new Loop();
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, [.. loop.Shop.Arguments, .. Loop.SiloSettings, .. Loop.TrainingSettings]);
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
        using Process shoppers = loop.StartShoppers(server.Http.BaseAddress!, seed: 1);
        try
        {
            string version = await Loop.LearnsAsync(server.Http);
            Assert.StartsWith("new: ", await loop.RollsBackAsync(server.Http));
            AssertNoneFailed(await Loop.StopShoppersAsync(shoppers), version);
        }
        finally
        {
            shoppers.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    [Trait("Category", "PostgreSql")]
    public async Task Cluster_OfTwoSilosAGatewayAndATraining_LearnsRollsOutAndRollsABadVersionBackThoughASiloIsKilled()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows sends Ctrl-C to a whole console, this test's own process with it.");
        using var loop = new Loop();
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(loop.Shop, Loop.SiloSettings);
        await cluster.LoadAsync();
        await using MemberProcess training = cluster.StartTraining(Loop.TrainingSettings);
        HttpClient http = cluster.Http[0];
        using Process shoppers = loop.StartShoppers(http.BaseAddress!, seed: 1);
        try
        {
            string version = await Loop.LearnsAsync(http);
            await cluster.Silo(0).KillAsync(Cancellation);
            cluster.StartSilo(0);
            Assert.StartsWith("new: ", await loop.RollsBackAsync(http));
            JsonElement report = await Loop.StopShoppersAsync(shoppers);
            Assert.True(report.GetProperty("versions").TryGetProperty(version, out _), report.ToString());
        }
        finally
        {
            shoppers.Kill(entireProcessTree: true);
        }
    }

    private static void AssertNoneFailed(JsonElement report, string version)
    {
        Assert.Empty(report.GetProperty("errors").EnumerateArray());
        JsonElement versions = report.GetProperty("versions");
        Assert.InRange(versions.EnumerateObject().Count(), 3, int.MaxValue);
        Assert.True(versions.TryGetProperty(version, out _), report.ToString());
    }
}
