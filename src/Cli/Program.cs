using DinOrleans.Cli;

return await Commands.InvokeAsync(Commands.Parse(args)).ConfigureAwait(false);
