using System.CommandLine;
using DinOrleans.Benchmarks.Catalogue;
using DinOrleans.Benchmarks.Devices;
using DinOrleans.Benchmarks.Durability;
using DinOrleans.Benchmarks.Kernel;
using DinOrleans.Benchmarks.Loop;
using DinOrleans.Benchmarks.Micro;
using DinOrleans.Benchmarks.Overload;
using DinOrleans.Benchmarks.OwnData;
using DinOrleans.Benchmarks.Rank;
using DinOrleans.Benchmarks.Scale;
using DinOrleans.Benchmarks.Search;
using DinOrleans.Benchmarks.Train;
using DinOrleans.Benchmarks.Upgrade;

var root = new RootCommand("Measures DinOrleans: the whole server against a plain one, the scorer alone, training, the log, users out of memory, the closed loop, clusters, rolling upgrades, how soon a bad arm is gone, a large catalogue, searches, and the way from a CSV to a ranking.")
{
    RankCommand.Create(),
    KernelCommand.Create(),
    GpuCommand.Create(),
    MicroCommand.Create(),
    OverloadCommand.Create(),
    OwnDataCommand.Create(),
    AppendCommand.Create(),
    ColdCommand.Create(),
    TrainCommand.Create(),
    ListsCommand.Create(),
    LoopCommand.Create(),
    BackupCommand.Create(),
    BreachCommand.Create(),
    CatalogueCommand.Create(),
    ScaleCommand.Create(),
    SearchCommand.Create(),
    UpgradeCommand.Create(),
};
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
