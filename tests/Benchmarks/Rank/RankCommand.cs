using System.CommandLine;

namespace DinOrleans.Benchmarks.Rank;

/// <summary><c>rank</c>: our server and the plain one under the same loads, in turns.</summary>
internal static class RankCommand
{
    public static Command Create()
    {
        var shapes = RankShapeOption.Create();
        var seconds = new Option<int>("--seconds") { Description = "Length of a round.", DefaultValueFactory = _ => 5 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of each load on each server, in turns.", DefaultValueFactory = _ => 3 };
        var connections = new Option<int[]?>("--connections") { Description = "Connections of the closed loops. Default: 1, 16 and 64, or 1 and 4 for large rankings." };
        var closedOnly = new Option<bool>("--closed-only") { Description = "Leave out the open loops." };
        var variants = new Option<string[]>("--variant")
        {
            Description = "Our server again, otherwise set up: a name, then settings, for example \"two Scoring:Workers=2\".",
            DefaultValueFactory = _ => [],
        };
        var against = new Option<string?>("--against") { Description = "Folder of another source tree of this repository, measured in the same turns." };
        var scratch = new Option<string>("--scratch")
        {
            Description = "Folder for datasets, data and builds, kept for the next run.",
            DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "dinorleans-benchmarks"),
        };
        InRange(seconds, 1, 600);
        InRange(rounds, 1, 100);
        var command = new Command("rank", "Loads our server and the plain one in turns and prints one table.")
        {
            shapes, seconds, rounds, connections, closedOnly, variants, against, scratch,
        };
        command.SetAction((arguments, cancellationToken) => RankComparison.RunAsync(
            new RankOptions
            {
                Shapes = RankShapeOption.Of(arguments, shapes),
                Seconds = arguments.GetValue(seconds),
                Rounds = arguments.GetValue(rounds),
                Connections = arguments.GetValue(connections) is { Length: > 0 } few ? few : null,
                OpenLoops = !arguments.GetValue(closedOnly),
                Variants = arguments.GetValue(variants)!,
                Against = arguments.GetValue(against),
                Scratch = Path.GetFullPath(arguments.GetValue(scratch)!),
            },
            cancellationToken));
        return command;
    }

    private static void InRange(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < least || result.GetValueOrDefault<int>() > most)
        {
            result.AddError($"{option.Name} must be {least} to {most}.");
        }
    });
}
