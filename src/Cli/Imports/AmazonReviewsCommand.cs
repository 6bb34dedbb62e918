using System.CommandLine;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Datasets.Import.AmazonReviews;

namespace DinOrleans.Cli.Imports;

/// <summary>The command <c>import amazon-reviews</c>.</summary>
internal static class AmazonReviewsCommand
{
    public static Command Create()
    {
        Argument<string> file = ImportArguments.File("The reviews, with one JSON object per line, plain or .gz.");
        Option<string> output = ImportArguments.Output();
        var metadata = new Option<string>("--metadata") { Description = "The file of metadata that belongs to the reviews, plain or .gz.", Required = true };
        Option<double> positiveRating = ImportArguments.PositiveRating(0, AmazonReviewsImporter.HighestRating, AmazonReviewsImporter.DefaultPositiveRating);
        Command command = new Command("amazon-reviews", "Amazon reviews of 2014, 2018 or 2023 as published.") { file, metadata, output, positiveRating }
            .Prints<ImportedDataset>()
            .WithExamples("dinorleans import amazon-reviews Books.jsonl.gz --metadata meta_Books.jsonl.gz --out books");
        var source = new SourceArguments(command, isDelimited: false);
        command.SetAction((arguments, cancellationToken) => ImportArguments.RunAsync(
            arguments,
            () => new AmazonReviewsImporter(arguments.GetValue(metadata)!, arguments.GetValue(positiveRating), source.Read(arguments)),
            arguments.GetValue(file)!,
            arguments.GetValue(output)!,
            cancellationToken));
        return command;
    }
}
