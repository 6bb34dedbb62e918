using DinOrleans.Training.Cli;

return await CommandLine.Parse(args).InvokeAsync().ConfigureAwait(false);
