using System.Diagnostics;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests;

/// <summary>The first command of the README: the sample shop, from nothing to a ranking by a trained model, and the second start.</summary>
[Trait("Category", "Slow")]
public sealed class SampleShopTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sample-shop-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_FromNothing_TrainsPublishesAndPrintsALineThatRanks()
    {
        await using (StandaloneProcess first = await StandaloneProcess.StartAsync(Cancellation, "--data", _folder))
        {
            await first.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
            JsonElement ranking = await RunAsync(await first.LineAsync("curl ", Cancellation));
            Assert.Equal("model", ranking.GetProperty("source").GetString());
            Assert.True(ranking.GetProperty("historyLength").GetInt32() > 0);
            float[] scores = [.. ranking.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("score").GetSingle())];
            Assert.Equal(scores.OrderDescending(), scores);
            Assert.Equal(
                ranking.GetProperty("historyLength").GetInt32(), ranking.GetProperty("items")[0].GetProperty("attention").GetArrayLength());
            Assert.Contains("AUC", first.Output, StringComparison.Ordinal);
            Assert.Contains(ReadmesLine("Training DIN on "), first.Output, StringComparison.Ordinal);
            Assert.Equal(0, await first.InterruptAsync(Cancellation));
        }

        await using StandaloneProcess second = await StandaloneProcess.StartAsync(Cancellation, "--data", _folder);
        await second.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
        await RunAsync(await second.LineAsync("curl ", Cancellation));
        Assert.DoesNotContain("Training", second.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The line of the README's output that begins so.</summary>
    private static string ReadmesLine(string beginning) => File.ReadLines(RepositoryFolder.Of("README.md")).Single(l => l.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>Runs a line as a person would who copied it into a shell.</summary>
    private static async Task<JsonElement> RunAsync(string line)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not here.");
        using Process shell = Process.Start(new ProcessStartInfo("bash", ["-c", line]) { RedirectStandardOutput = true })!;
        string answer = await shell.StandardOutput.ReadToEndAsync(Cancellation);
        await shell.WaitForExitAsync(Cancellation);
        Assert.Equal(0, shell.ExitCode);
        return JsonSerializer.Deserialize<JsonElement>(answer);
    }
}
