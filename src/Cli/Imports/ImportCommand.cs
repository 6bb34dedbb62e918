using System.CommandLine;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Datasets.Import;

namespace DinOrleans.Cli.Imports;

/// <summary>The command <c>import</c>, which turns original files into a dataset.</summary>
internal static class ImportCommand
{
    public static Command Create() => new("import", "Turns original files into a dataset.")
    {
        Create("online-retail", "UCI Online Retail: FILE.csv or FILE.csv.gz.", "dinorleans import online-retail online_retail.csv.gz --out retail", isDelimited: true, source => new OnlineRetailImporter(source)),
        Create("amazon-beauty", "Amazon reviews, Beauty: Beauty.txt beside Beauty_item2attributes.json.", "dinorleans import amazon-beauty Beauty.txt --out beauty", isDelimited: false, source => new AmazonBeautyImporter(source)),
        AmazonReviewsCommand.Create(),
        MovieLensCommand.Create(),
        Create("taobao", "Taobao user behaviour: UserBehavior.csv or UserBehavior.csv.gz.", "dinorleans import taobao UserBehavior.csv --out taobao", isDelimited: true, source => new TaobaoImporter(source)),
        AlibabaAdsCommand.Create(),
        CsvCommand.Create(),
    };

    private static Command Create(string name, string description, string example, bool isDelimited, Func<SourceOptions, IDatasetImporter> importer)
    {
        Argument<string> file = ImportArguments.File("The original file.");
        Option<string> output = ImportArguments.Output();
        Command command = new Command(name, description) { file, output }.Prints<ImportedDataset>().WithExamples(example);
        var source = new SourceArguments(command, isDelimited);
        command.SetAction((arguments, cancellationToken) => ImportArguments.RunAsync(
            arguments,
            () => importer(source.Read(arguments)), arguments.GetValue(file)!, arguments.GetValue(output)!, cancellationToken));
        return command;
    }
}
