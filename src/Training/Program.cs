using DinOrleans.Training.Service;

return await TrainingProgram.Instance.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
