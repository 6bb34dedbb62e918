using System.CommandLine;
using DinOrleans.Benchmarks.Kernel;
using DinOrleans.Benchmarks.Rank;

var root = new RootCommand("Measures DinOrleans: the whole server against a plain one, and the scorer alone.")
{
    RankCommand.Create(),
    KernelCommand.Create(),
};
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
