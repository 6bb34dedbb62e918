using System.CommandLine;
using DinOrleans.Training.Cli;

ParseResult arguments = CommandLine.Parse(args);
return await arguments.InvokeAsync(CommandRunner.Invocation(arguments)).ConfigureAwait(false);
