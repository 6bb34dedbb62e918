using System.CommandLine;
using DinOrleans.Benchmarks.Cli;
using DinOrleans.Grains.Scoring;

namespace DinOrleans.Benchmarks.Devices;

/// <summary><c>gpu</c>: what a GPU gains, from the scorer alone to the whole server. <c>gpu/run.sh</c> runs it on a machine without .NET.</summary>
internal static class GpuCommand
{
    public static Command Create()
    {
        var shapes = RankShapeOption.Create();
        var accelerator = new Option<Accelerator>("--accelerator")
        {
            Description = "Cuda, or Cpu to try the command where there is no GPU.",
            DefaultValueFactory = _ => Accelerator.Cuda,
        };
        var seconds = CommonOptions.Number("--seconds", "Length of a measurement.", 1, 1, 600);
        var version = new Option<string?>("--version-folder") { Description = "Folder of a version, to measure how reduced precision ranks. Needs --dataset and --pairs." };
        var dataset = new Option<string?>("--dataset") { Description = "The dataset that the version was trained on." };
        var pairs = new Option<string?>("--pairs") { Description = "A file of user, positive, negative, popular_negative." };
        var server = new Option<string?>("--server") { Description = "Path of the Standalone program, to measure the whole server." };
        var scratch = CommonOptions.Scratch();
        var command = new Command("gpu", "Measures scoring on a GPU: equal to the processor's, how fast over batch sizes, how exact, and behind the whole server.")
        {
            shapes, accelerator, seconds, version, dataset, pairs, server, scratch,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Accelerator on = arguments.GetValue(accelerator);
            TimeSpan length = TimeSpan.FromSeconds(arguments.GetValue(seconds));
            IReadOnlyList<RankShape> some = RankShapeOption.Choose(arguments, shapes);
            string folder = Path.GetFullPath(arguments.GetValue(scratch)!);
            if (ScoringDevice.Check(new ScoringOptions { Accelerator = on }) is { } problem)
            {
                await Console.Error.WriteLineAsync(problem).ConfigureAwait(false);
                return 1;
            }

            bool equal = GpuParity.Print(on);
            GpuCurve.Print(on, some, length);
            if (arguments.GetValue(version) is { } artifact)
            {
                GpuAccuracy.Print(on, artifact, arguments.GetValue(dataset)!, arguments.GetValue(pairs)!);
            }

            if (arguments.GetValue(server) is { } program)
            {
                await GpuServer.PrintAsync(on, Path.GetFullPath(program), some, folder, length, cancellationToken).ConfigureAwait(false);
            }

            return equal ? 0 : 1;
        });
        return command;
    }

    /// <summary>The ways to score that are compared on an accelerator.</summary>
    public static IReadOnlyList<(string Name, ScoringOptions Options)> Ways(Accelerator accelerator) => accelerator == Accelerator.Cuda
        ?
        [
            ("ONNX Runtime, GPU", Cuda(ScoringKernel.OnnxRuntime, ScoringPrecision.Full)),
            ("ONNX Runtime, GPU, TF32", Cuda(ScoringKernel.OnnxRuntime, ScoringPrecision.Tf32)),
            ("fused, GPU", Cuda(ScoringKernel.Fused, ScoringPrecision.Full)),
            ("fused, GPU, half", Cuda(ScoringKernel.Fused, ScoringPrecision.Half)),
        ]
        : [("ONNX Runtime, processor", new ScoringOptions { Kernel = ScoringKernel.OnnxRuntime })];

    private static ScoringOptions Cuda(ScoringKernel kernel, ScoringPrecision precision) =>
        new() { Accelerator = Accelerator.Cuda, Kernel = kernel, Precision = precision };
}
