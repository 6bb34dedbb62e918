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
        RunAsync(arguments, () => (importer(), source), output, cancellationToken);

    /// <summary>Runs an import and says what was written.</summary>
    /// <param name="arguments">The command line, of a command that prints an <see cref="ImportedDataset"/>.</param>
    /// <param name="importer">Gives the importer and the original file or folder.</param>
    /// <param name="output">The dataset folder.</param>
    /// <param name="cancellationToken">Ends the import.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(
        ParseResult arguments, Func<(IDatasetImporter Importer, string Source)> importer, string output, CancellationToken cancellationToken) =>
        CommandRunner.RunAsync(async () =>
        {
            ImportResult result = await ImportAsync(importer, output, cancellationToken).ConfigureAwait(false);
            arguments.Print(ImportedDataset.Create(output, result), _ => ImportedDataset.Describe(output, result));
        });

    /// <summary>Imports.</summary>
    /// <param name="importer">Gives the importer and the original file or folder.</param>
    /// <param name="output">The dataset folder.</param>
    /// <param name="cancellationToken">Ends the import.</param>
    public static Task<ImportResult> ImportAsync(Func<(IDatasetImporter Importer, string Source)> importer, string output, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            (IDatasetImporter chosen, string source) = importer();
            return chosen.Import(source, output, cancellationToken);
        },
        cancellationToken);
}
