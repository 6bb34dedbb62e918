using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace DinOrleans.Benchmarks.Micro;

/// <summary><c>micro</c>: the parts on a ranking's way with BenchmarkDotNet.</summary>
internal static class MicroCommand
{
    public static Command Create()
    {
        var command = new Command("micro", "Measures the parts on a ranking's way one by one.");

        // In this process: BenchmarkDotNet would build a project of its own, outside this repository's settings.
        command.SetAction(_ => BenchmarkRunner.Run([typeof(RankingParts), typeof(GrainCalls)], ManualConfig
            .Create(DefaultConfig.Instance)
            .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "dinorleans-benchmarks", "micro"))));
        return command;
    }
}
