using System.CommandLine;
using DinOrleans.Training.Import;

namespace DinOrleans.Training.Cli.Imports;

/// <summary>What all imports have in common.</summary>
internal static class ImportArguments
{
    public static Argument<string> File(string description) => new("file") { Description = description };

    public static Argument<string> Folder(string description) => new("folder") { Description = description };

    public static Option<string> Output() => new("--out") { Description = "Dataset folder: new, empty, or a dataset to replace.", Required = true };

    public static Option<double> PositiveRating(double rating) => new("--positive-rating")
    {
        Description = "Lowest rating, in stars, that is a positive; lower ones are of type low_rating.",
        DefaultValueFactory = _ => rating,
    };

    /// <summary>Imports and says what was written.</summary>
    public static Task<int> RunAsync(IDatasetImporter importer, string source, string output, CancellationToken cancellationToken) =>
        RunAsync(() => importer, source, output, cancellationToken);

    /// <summary>Imports with options that the importer may refuse.</summary>
    public static Task<int> RunAsync(Func<IDatasetImporter> importer, string source, string output, CancellationToken cancellationToken) =>
        CommandRunner.RunAsync(async () =>
        {
            ImportResult result = await Task.Run(() => importer().Import(source, output, cancellationToken), cancellationToken).ConfigureAwait(false);
            Console.WriteLine($"{output}: {result.Events:N0} events, {result.Items:N0} items, {result.Users:N0} profiles; {result.LeftOut:N0} rows left out.");
        });
}
