using DinOrleans.Gateway;

return await GatewayProgram.Instance.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
