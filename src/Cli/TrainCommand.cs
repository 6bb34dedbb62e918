using System.CommandLine;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Running;
using DinOrleans.Datasets;
using DinOrleans.Model.Ranking;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Versions;

namespace DinOrleans.Cli;

/// <summary><c>train</c>: a dataset to a model version.</summary>
internal static class TrainCommand
{
    public const string Name = "train";

    public static Command Create()
    {
        var dataset = new Option<string>("--dataset") { Description = "Dataset folder.", Required = true };
        var output = new Option<string>("--out") { Description = "Folder of model versions; gets a new one.", Required = true };
        var model = new Option<string>("--model") { Description = "Model: " + string.Join(", ", RankingModels.Names) + ", or a variant named in --options.", DefaultValueFactory = _ => Din.Name };
        var options = new Option<string?>("--options")
        {
            Description = "JSON, or @FILE, as \"compare\" takes it: { \"din\": { \"options\": { … }, \"training\": { … }, \"samples\": { … } }, \"defaults\": { … } }.",
        };
        Option<int?> epochs = TypedOption.Whole("--epochs", "Passes over the data at most; over what --options says, as are the next three.", 1, 1000);
        Option<int?> batchSize = TypedOption.Whole("--batch-size", "Rankings per step.", 1, 65536);
        Option<double?> learningRate = TypedOption.Positive("--learning-rate", "Of the dense parameters, and of the embedding rows where --options gives them none of their own.", 10);
        var taskWeights = new Option<string?>("--task-weights") { Description = "Weight of each task's loss, such as click=1,buy=2." };
        Option<int> seed = TypedOption.Whole("--seed", "Decides initial values, negatives and order.", int.MinValue, int.MaxValue, 1);
        Option<int?> threads = ThreadsOption.Create();
        Option<SampleProtocol> protocol = TypedOption.Name(
            "--protocol",
            "LastItem keeps each user's last positive for \"evaluate\"; Live learns from all, as a shop in service does. One of",
            SampleProtocol.LastItem);
        var warmStart = new Option<string?>("--warm-start") { Description = "Folder of a version of the same model and features whose weights training starts from." };
        var command = new Command(Name, "Trains a model on a dataset and writes a model version.")
        {
            dataset, output, model, options, epochs, batchSize, learningRate, taskWeights, seed, threads, protocol, warmStart,
        };
        var checkpoint = new CheckpointArguments();
        checkpoint.AddTo(command);
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            int seeded = arguments.GetValue(seed);
            VersionOptions version = new VersionOptionsReader(
                OptionText.Read(options.Name, arguments.GetValue(options)), arguments.GetValue(protocol).Options(seeded)).Read(arguments.GetValue(model)!);
            DatasetFolder folder = DatasetFolder.Open(arguments.GetValue(dataset)!);
            TrainerOptions trainer = version.Trainer;
            version = version with
            {
                Trainer = trainer with
                {
                    Epochs = arguments.GetValue(epochs) ?? trainer.Epochs,
                    BatchSize = arguments.GetValue(batchSize) ?? trainer.BatchSize,
                    LearningRate = arguments.GetValue(learningRate) ?? trainer.LearningRate,
                    TaskWeights = arguments.GetValue(taskWeights) is { } weights ? TaskRules.ParseWeights(weights, folder.Schema) : trainer.TaskWeights,
                    Seed = seeded,
                    Threads = arguments.GetValue(threads) ?? trainer.Threads,
                },
                WarmStart = arguments.GetValue(warmStart),
                Checkpoint = checkpoint.Read(arguments),
            };

            // Before the log is read, which may take minutes.
            version.Require(version.Model, folder.Schema);
            TrainingLog log = await TrainingLog.LoadAsync(folder, cancellationToken).ConfigureAwait(false);
            TrainedVersion trained = await VersionTrainer.TrainAsync(
                log,
                version,
                arguments.GetValue(output)!,
                TimeProvider.System,
                new ProgressLine(Console.Error),
                cancellationToken,
                summary => Console.Error.WriteLine(summary)).ConfigureAwait(false);
            Console.WriteLine(trained.Folder);
        }, () => checkpoint.Stopped(arguments)));
        return command;
    }
}
