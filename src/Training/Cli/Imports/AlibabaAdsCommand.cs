using System.CommandLine;
using DinOrleans.Training.Import.AlibabaAds;

namespace DinOrleans.Training.Cli.Imports;

/// <summary><c>import alibaba-ads</c>.</summary>
internal static class AlibabaAdsCommand
{
    public static Command Create()
    {
        Argument<string> folder = ImportArguments.Folder("Folder of raw_sample.csv, ad_feature.csv, user_profile.csv and behavior_log.csv, plain or .gz.");
        Option<string> output = ImportArguments.Output();
        var behaviours = new Option<string[]>("--behaviours")
        {
            Description = "Types of behavior_log.csv to import; with none the file is not read.",
            Arity = ArgumentArity.ZeroOrMore,
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. AlibabaAdsImporter.BehaviourTypes],
        };
        var command = new Command("alibaba-ads", "Alibaba display advertising: impressions, clicks and what users did in the shop.") { folder, output, behaviours };
        command.SetAction((arguments, cancellationToken) => ImportArguments.RunAsync(
            () => new AlibabaAdsImporter(arguments.GetValue(behaviours)), arguments.GetValue(folder)!, arguments.GetValue(output)!, cancellationToken));
        return command;
    }
}
