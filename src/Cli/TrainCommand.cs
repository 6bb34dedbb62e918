using System.CommandLine;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Cli.Running;
using DinOrleans.Cli.TrainingData;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Programs.Terminal;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Versions;

namespace DinOrleans.Cli;

/// <summary>The command <c>train</c>, which trains a model version on a dataset or on what a server's stores hold.</summary>
internal static class TrainCommand
{
    public const string Name = "train";

    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "The folder of model versions, which gets a subfolder with the new one.", Required = true };
        var model = new Option<string>("--model") { Description = "The model: " + string.Join(", ", RankingModels.Names) + ", or a variant named in --options.", DefaultValueFactory = _ => Din.Name };
        model.CompletionSources.Add([.. RankingModels.Names]);
        var options = new Option<string?>("--options")
        {
            Description = "The options as JSON, or @FILE, in the form that \"compare\" takes: { \"din\": { \"options\": { … }, \"training\": { … }, \"samples\": { … } }, \"defaults\": { … } }.",
        };
        Option<int?> epochs = TypedOption.Whole("--epochs", "The largest number of passes over the data. This option and the next three take precedence over --options.", 1, 1000);
        Option<int?> batchSize = TypedOption.Whole("--batch-size", "The number of rankings per step.", 1, 65536);
        Option<double?> learningRate = TypedOption.Positive("--learning-rate", "The learning rate of the dense parameters, and of the embedding rows unless --options gives them their own.", 10);
        var taskWeights = new Option<string?>("--task-weights") { Description = "The weight of each task's loss, such as click=1,buy=2." };
        Option<int> seed = TypedOption.Whole("--seed", "The seed, which decides initial values, negatives and the order of samples.", int.MinValue, int.MaxValue, 1);
        Option<int?> threads = ThreadsOption.Create();
        Option<SampleProtocol?> protocol = TypedOption.Name<SampleProtocol>(
            "--protocol",
            "LastItem keeps each user's last positive for \"evaluate\", and is the default for a dataset. Live learns from everything, as a running server "
            + "does, and is the default for stores. One of");
        var warmStart = new Option<string?>("--warm-start") { Description = "The folder of a version of the same model and features. Training starts from its weights." };
        Command command = new Command(Name, "Trains a model on a dataset or on a server's stores, and writes a model version.")
        {
            output, model, options, epochs, batchSize, learningRate, taskWeights, seed, threads, protocol, warmStart,
        }.Prints<TrainResult>().WithExamples(
            "dinorleans train --dataset shop --model din --out versions",
            "dinorleans train --dataset shop --model din --options @options.json --epochs 3 --checkpoint saved --out versions",
            "dinorleans train --store /var/dinorleans --warm-start versions/20260501-120000-din-1a2b3c4d --out versions");
        var source = new TrainingSourceArguments();
        source.AddTo(command);
        var checkpoint = new CheckpointArguments();
        checkpoint.AddTo(command);
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            int seeded = arguments.GetValue(seed);
            SampleProtocol cut = arguments.GetValue(protocol) ?? source.Protocol(arguments);
            VersionOptions version = new VersionOptionsReader(
                OptionText.Read(options.Name, arguments.GetValue(options)), cut.Options(seeded)).Read(arguments.GetValue(model)!);
            ITrainingSource data = source.Read(arguments);
            TrainerOptions trainer = version.Trainer;
            version = version with
            {
                Trainer = trainer with
                {
                    Epochs = arguments.GetValue(epochs) ?? trainer.Epochs,
                    BatchSize = arguments.GetValue(batchSize) ?? trainer.BatchSize,
                    LearningRate = arguments.GetValue(learningRate) ?? trainer.LearningRate,
                    TaskWeights = arguments.GetValue(taskWeights) is { } weights ? TaskRules.ParseWeights(weights, data.Schema) : trainer.TaskWeights,
                    Seed = seeded,
                    Threads = arguments.GetValue(threads) ?? trainer.Threads,
                },
                WarmStart = arguments.GetValue(warmStart),
                Checkpoint = checkpoint.Read(arguments, data.Grows),
            };

            // The options are checked before the log is read, which may take minutes.
            version.Require(version.Model, data.Schema);
            TrainingLog log = await data.LoadAsync(version.Samples, cancellationToken).ConfigureAwait(false);
            using LiveLine line = LiveLine.OfErrorOutput();
            TrainedVersion trained = await VersionTrainer.TrainAsync(
                log,
                version,
                arguments.GetValue(output)!,
                TimeProvider.System,
                new ProgressLine(line),
                cancellationToken,
                summary => Console.Error.WriteLine(summary)).ConfigureAwait(false);
            arguments.Print(new TrainResult(trained.Version, trained.Folder, ArtifactManifest.Read(trained.Folder).Metrics), t => t.Folder);
        }, () => checkpoint.Stopped(arguments)));
        return command;
    }
}
