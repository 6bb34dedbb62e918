using DinOrleans.Training.Cli;

return await CommandRunner.InvokeAsync(CommandLine.Parse(args)).ConfigureAwait(false);
