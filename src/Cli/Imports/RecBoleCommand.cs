using System.CommandLine;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Datasets.Import.RecBole;

namespace DinOrleans.Cli.Imports;

/// <summary>The command <c>import recbole</c>.</summary>
internal static class RecBoleCommand
{
    private const double MostStars = 1e9;

    public static Command Create()
    {
        Argument<string> file = ImportArguments.File("The file NAME.inter, plain or .gz, or the folder of it. NAME.item and NAME.user are taken if they are beside it.");
        Option<string> output = ImportArguments.Output();
        Option<double> positiveRating = ImportArguments.PositiveRating(-MostStars, MostStars, RecBoleImporter.DefaultPositiveRating);
        Command command = new Command("recbole", "The atomic files of RecBole.") { file, output, positiveRating }
            .Prints<ImportedDataset>()
            .WithExamples("dinorleans import recbole ml-100k/ml-100k.inter --out movies");
        var lists = new ListArguments();
        foreach (Option option in lists.Options)
        {
            command.Options.Add(option);
        }

        var source = new SourceArguments(command, isDelimited: true);
        command.SetAction((arguments, cancellationToken) => ImportArguments.RunAsync(
            arguments,
            () => new RecBoleImporter(arguments.GetValue(positiveRating), source.Read(arguments), lists.Read(arguments, new())),
            arguments.GetValue(file)!,
            arguments.GetValue(output)!,
            cancellationToken));
        return command;
    }
}
