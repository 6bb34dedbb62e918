using System.CommandLine;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Datasets.Import.AlibabaAds;

namespace DinOrleans.Cli.Imports;

/// <summary>The command <c>import alibaba-ads</c>.</summary>
internal static class AlibabaAdsCommand
{
    public static Command Create()
    {
        Argument<string> folder = ImportArguments.Folder("The folder of raw_sample.csv, ad_feature.csv, user_profile.csv and behavior_log.csv, plain or .gz.");
        Option<string> output = ImportArguments.Output();
        var behaviours = new Option<string[]>("--behaviours")
        {
            Description = "The behaviour types of behavior_log.csv to import.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. AlibabaAdsImporter.BehaviourTypes],
        };
        Option<bool> without = TypedOption.Flag("--without-behaviours", "Imports only impressions and clicks. behavior_log.csv need not exist.");
        Command command = new Command("alibaba-ads", "Alibaba display advertising: impressions, clicks, and what users did in the shop.")
        {
            folder, output, behaviours, without,
        }.Prints<ImportedDataset>().WithExamples("dinorleans import alibaba-ads downloads/alibaba --out ads --without-behaviours");
        var source = new SourceArguments(command, isDelimited: true);
        command.SetAction((arguments, cancellationToken) => ImportArguments.RunAsync(
            arguments,
            () => new AlibabaAdsImporter(arguments.GetValue(without) ? [] : arguments.GetValue(behaviours), source.Read(arguments)),
            arguments.GetValue(folder)!,
            arguments.GetValue(output)!,
            cancellationToken));
        return command;
    }
}
