using System.CommandLine;
using DinOrleans.Training.Cli.Imports;
using DinOrleans.Training.Import;

namespace DinOrleans.Training.Cli;

/// <summary><c>import</c>: original files to a dataset.</summary>
internal static class ImportCommand
{
    public static Command Create() => new("import", "Turns original files into a dataset.")
    {
        Of(new OnlineRetailImporter(), "UCI Online Retail: FILE.csv or FILE.csv.gz."),
        Of(new AmazonBeautyImporter(), "Amazon reviews, Beauty: Beauty.txt beside Beauty_item2attributes.json."),
        AmazonReviewsCommand.Create(),
        MovieLensCommand.Create(),
        Of(new TaobaoImporter(), "Taobao user behaviour: UserBehavior.csv or UserBehavior.csv.gz."),
        AlibabaAdsCommand.Create(),
        CsvCommand.Create(),
    };

    private static Command Of(IDatasetImporter importer, string description)
    {
        Argument<string> file = ImportArguments.File("The original file.");
        Option<string> output = ImportArguments.Output();
        var command = new Command(importer.Name, description) { file, output };
        command.SetAction((arguments, cancellationToken) =>
            ImportArguments.RunAsync(importer, arguments.GetValue(file)!, arguments.GetValue(output)!, cancellationToken));
        return command;
    }
}
