using System.CommandLine;
using DinOrleans.Benchmarks.Durability;
using DinOrleans.Benchmarks.Kernel;
using DinOrleans.Benchmarks.Micro;
using DinOrleans.Benchmarks.Overload;
using DinOrleans.Benchmarks.Rank;

var root = new RootCommand("Measures DinOrleans: the whole server against a plain one, the scorer alone, the log, and users out of memory.")
{
    RankCommand.Create(),
    KernelCommand.Create(),
    MicroCommand.Create(),
    OverloadCommand.Create(),
    AppendCommand.Create(),
    ColdCommand.Create(),
};
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
