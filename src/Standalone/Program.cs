using DinOrleans.Standalone;

return await StandaloneProgram.Instance.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
