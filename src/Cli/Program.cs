using DinOrleans.Cli;

return await CommandRunner.InvokeAsync(CommandLine.Parse(args)).ConfigureAwait(false);
