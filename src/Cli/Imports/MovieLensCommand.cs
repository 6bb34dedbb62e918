using System.CommandLine;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Datasets.Import.MovieLens;

namespace DinOrleans.Cli.Imports;

/// <summary>The command <c>import movielens</c>.</summary>
internal static class MovieLensCommand
{
    public static Command Create()
    {
        Argument<string> folder = ImportArguments.Folder("The folder of a release: u.data, u.item and u.user; ratings.dat, movies.dat and users.dat or tags.dat; or ratings.csv and movies.csv.");
        Option<string> output = ImportArguments.Output();
        Option<double> positiveRating = ImportArguments.PositiveRating(MovieLensImporter.LowestRating, MovieLensImporter.HighestRating, MovieLensImporter.DefaultPositiveRating);
        Option<bool> tags = TypedOption.Flag("--tags", "Imports tags too, as events of the type tag. Only the layouts of 10M and 20M have them.");
        Command command = new Command("movielens", "MovieLens in the layout of the 100K, 1M, 10M or 20M release.") { folder, output, positiveRating, tags }
            .Prints<ImportedDataset>()
            .WithExamples("dinorleans import movielens downloads/ml-1m --out movies --positive-rating 4");
        var source = new SourceArguments(command, isDelimited: false);
        command.SetAction((arguments, cancellationToken) => ImportArguments.RunAsync(
            arguments,
            () => new MovieLensImporter(arguments.GetValue(positiveRating), source.Read(arguments), arguments.GetValue(tags)),
            arguments.GetValue(folder)!,
            arguments.GetValue(output)!,
            cancellationToken));
        return command;
    }
}
