using System.CommandLine;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Results;
using DinOrleans.Cli.Running;
using DinOrleans.Datasets.Import;

namespace DinOrleans.Cli.Imports;

/// <summary>The arguments that all imports have in common.</summary>
internal static class ImportArguments
{
    public static Argument<string> File(string description) => new("file") { Description = description };

    public static Argument<string> Folder(string description) => new("folder") { Description = description };

    public static Option<string> Output() => new("--out") { Description = "The dataset folder: a new or empty folder, or a dataset to replace.", Required = true };

    public static Option<double> PositiveRating(double least, double most, double rating) => TypedOption.Number(
        "--positive-rating", "The lowest rating, in stars, that is a positive. Lower ratings have the type low_rating.", least, most, rating);

    /// <summary>Runs an import and says what was written.</summary>
    public static Task<int> RunAsync(ParseResult arguments, Func<IDatasetImporter> importer, string source, string output, CancellationToken cancellationToken) =>
        CommandRunner.RunAsync(async () =>
        {
            ImportResult result = await Task.Run(() => importer().Import(source, output, cancellationToken), cancellationToken).ConfigureAwait(false);
            arguments.Print(ImportedDataset.Create(output, result), _ => ImportedDataset.Describe(output, result));
        });
}
