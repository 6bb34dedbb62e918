using DinOrleans.Silo;

return await SiloProgram.Instance.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
