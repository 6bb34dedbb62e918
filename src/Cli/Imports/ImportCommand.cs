using System.CommandLine;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.OnlineRetail;

namespace DinOrleans.Cli.Imports;

/// <summary>The command <c>import</c>, which turns original files into a dataset.</summary>
internal static class ImportCommand
{
    public static Command Create() => new("import", "Turns original files into a dataset. Files of your own need less with \"init\".")
    {
        CsvCommand.Create(),
        PlanCommand.Create(),
        Create(
            "online-retail",
            "UCI Online Retail or Online Retail II: the published workbook FILE.xlsx, or FILE.csv or FILE.csv.gz.",
            "dinorleans import online-retail online_retail_II.xlsx --out retail",
            isDelimited: true,
            source => new OnlineRetailImporter(source),
            isFromOffice: true),
        Create(
            "amazon-beauty",
            "Amazon reviews, Beauty: Beauty.txt beside Beauty_item2attributes.json.",
            "dinorleans import amazon-beauty Beauty.txt --out beauty",
            isDelimited: false,
            source => new AmazonBeautyImporter(source)),
        AmazonReviewsCommand.Create(),
        MovieLensCommand.Create(),
        RecBoleCommand.Create(),
        Create(
            "taobao",
            "Taobao user behaviour: UserBehavior.csv or UserBehavior.csv.gz.",
            "dinorleans import taobao UserBehavior.csv.gz --out taobao",
            isDelimited: true,
            source => new TaobaoImporter(source)),
        AlibabaAdsCommand.Create(),
    };

    private static Command Create(
        string name, string description, string example, bool isDelimited, Func<SourceOptions, IDatasetImporter> importer, bool isFromOffice = false)
    {
        Argument<string> file = ImportArguments.File("The original file.");
        Option<string> output = ImportArguments.Output();
        Command command = new Command(name, description) { file, output }.Prints<ImportedDataset>().WithExamples(example);
        var source = new SourceArguments(command, isDelimited, hasLocalTimes: isFromOffice, hasSheets: isFromOffice);
        command.SetAction((arguments, cancellationToken) => ImportArguments.RunAsync(
            arguments,
            () => importer(source.Read(arguments)), arguments.GetValue(file)!, arguments.GetValue(output)!, cancellationToken));
        return command;
    }
}
