using System.CommandLine;
using DinOrleans.Benchmarks.Cli;

namespace DinOrleans.Benchmarks.Rank;

/// <summary><c>rank</c>: our server and the plain one under the same loads, in turns.</summary>
internal static class RankCommand
{
    public static Command Create()
    {
        var shapes = RankShapeOption.Create();
        var seconds = CommonOptions.Number("--seconds", "Length of a round.", 5, 1, 600);
        var rounds = CommonOptions.Number("--rounds", "Rounds of each load on each server, in turns.", 3, 1, 100);
        var connections = new Option<int[]?>("--connections") { Description = "Connections of the closed loops. Default: 1, 16 and 64, or 1 and 4 for large rankings." };
        var closedOnly = new Option<bool>("--closed-only") { Description = "Leave out the open loops." };
        var variants = new Option<string[]>("--variant")
        {
            Description = "Our server again, otherwise set up: a name, then settings, for example \"two Scoring:Workers=2\".",
            DefaultValueFactory = _ => [],
        };
        var against = new Option<string?>("--against") { Description = "Folder of another source tree of this repository, measured in the same turns." };
        var shadow = new Option<double?>("--shadow") { Description = "Our server again, with a second version that scores the rankings of this percentage of the users in the shadow." };
        var canary = new Option<double?>("--canary") { Description = "Our server again, with a second version that answers this percentage of the users. A batch holds one version, so its batches show the cost of arms." };
        var training = new Option<bool>("--beside-training") { Description = "Our server again, with a training under way during its rounds." };
        var keys = new Option<bool>("--keys") { Description = "Our server again, with API keys: each request carries one." };
        var grpc = new Option<bool>("--grpc") { Description = "Our server again, called by gRPC." };
        var tracing = new Option<double?>("--tracing") { Description = "Our server again, with this percentage of the requests traced and sent to a collector, which is this program." };
        tracing.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is not (null or (> 0 and <= 100)))
            {
                result.AddError("--tracing must be above 0 and at most 100.");
            }
        });
        var peers = PeerOption.Create();
        var scratch = CommonOptions.Scratch();
        var command = new Command("rank", "Loads our server and the plain one in turns and prints one table.")
        {
            shapes, seconds, rounds, connections, closedOnly, peers, variants, against, shadow, canary, training, keys, grpc, tracing, scratch,
        };
        command.SetAction((arguments, cancellationToken) => RankComparison.RunAsync(
            new RankOptions
            {
                Shapes = RankShapeOption.Choose(arguments, shapes),
                Seconds = arguments.GetValue(seconds),
                Rounds = arguments.GetValue(rounds),
                Connections = arguments.GetValue(connections) is { Length: > 0 } few ? few : null,
                OpenLoops = !arguments.GetValue(closedOnly),
                Variants = arguments.GetValue(variants)!,
                Against = arguments.GetValue(against),
                Shadow = arguments.GetValue(shadow),
                Canary = arguments.GetValue(canary),
                HasPython = arguments.GetValue(peers)!.Contains(PeerOption.Python),
                BesideTraining = arguments.GetValue(training),
                Keys = arguments.GetValue(keys),
                Grpc = arguments.GetValue(grpc),
                Tracing = arguments.GetValue(tracing),
                Scratch = Path.GetFullPath(arguments.GetValue(scratch)!),
            },
            cancellationToken));
        return command;
    }
}
