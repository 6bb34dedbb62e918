using System.CommandLine;
using DinOrleans.Model.Ranking;
using DinOrleans.Training.Datasets;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Cli;

/// <summary><c>train</c>: a dataset to a model version.</summary>
internal static class TrainCommand
{
    public const string Name = "train";

    public static Command Create()
    {
        var dataset = new Option<string>("--dataset") { Description = "Dataset folder.", Required = true };
        var output = new Option<string>("--out") { Description = "Folder of model versions; gets a new one.", Required = true };
        var model = new Option<string>("--model") { Description = "Model: " + string.Join(", ", RankingModels.Names) + ".", DefaultValueFactory = _ => Din.Name };
        var modelOptions = new Option<string?>("--model-options") { Description = "The model's options as JSON, or @FILE." };
        var epochs = new Option<int?>("--epochs") { Description = "Passes over the data at most." };
        var batchSize = new Option<int?>("--batch-size") { Description = "Rankings a step." };
        var learningRate = new Option<double?>("--learning-rate") { Description = "Of the dense parameters and the embedding rows." };
        var l2 = new Option<double?>("--l2") { Description = "L2 regularisation of the weights of dense layers." };
        var embeddingL2 = new Option<double?>("--embedding-l2") { Description = "L2 regularisation of embedding rows." };
        var minimumCount = new Option<long?>("--minimum-count") { Description = "Values that occur in fewer events share the out-of-vocabulary rows." };
        var taskWeights = new Option<string?>("--task-weights") { Description = "Weight of each task's loss, such as click=1,buy=2; alike without it." };
        var seed = new Option<int>("--seed") { Description = "Decides initial values, negatives and order.", DefaultValueFactory = _ => 1 };
        var protocol = new Option<SampleProtocol>("--protocol")
        {
            Description = "LastItem keeps each user's last positive for \"evaluate\"; Live learns from all, as a shop in service does.",
            DefaultValueFactory = _ => SampleProtocol.LastItem,
        };
        var warmStart = new Option<string?>("--warm-start") { Description = "Folder of a version of the same model and features whose weights training starts from." };
        var command = new Command(Name, "Trains a model on a dataset and writes a model version.")
        {
            dataset, output, model, modelOptions, epochs, batchSize, learningRate, l2, embeddingL2, minimumCount, taskWeights, seed, protocol, warmStart,
        };
        var checkpoint = new CheckpointArguments();
        checkpoint.AddTo(command);
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            TrainingLog log = TrainingLog.Load(DatasetFolder.Open(arguments.GetValue(dataset)!), cancellationToken);
            var trainer = new TrainerOptions { Seed = arguments.GetValue(seed) };
            var version = new VersionOptions();
            VersionOptions options = version with
            {
                Model = arguments.GetValue(model)!,
                ModelOptions = OptionText.Read(arguments.GetValue(modelOptions)),
                Samples = arguments.GetValue(protocol).Options(arguments.GetValue(seed)),
                Trainer = trainer with
                {
                    Epochs = arguments.GetValue(epochs) ?? trainer.Epochs,
                    BatchSize = arguments.GetValue(batchSize) ?? trainer.BatchSize,
                    LearningRate = arguments.GetValue(learningRate) ?? trainer.LearningRate,
                    L2 = arguments.GetValue(l2) ?? trainer.L2,
                    EmbeddingL2 = arguments.GetValue(embeddingL2) ?? trainer.EmbeddingL2,
                    TaskWeights = arguments.GetValue(taskWeights) is { } weights ? TaskRules.ParseWeights(weights, log.Schema) : null,
                },
                MinimumCount = arguments.GetValue(minimumCount) ?? version.MinimumCount,
                WarmStart = arguments.GetValue(warmStart),
                Checkpoint = checkpoint.Of(arguments),
            };
            TrainedVersion trained = await VersionTraining.RunAsync(
                log, options, arguments.GetValue(output)!, TimeProvider.System, new ProgressLine(Console.Error), cancellationToken).ConfigureAwait(false);
            Console.WriteLine(trained.Folder);
        }, () => checkpoint.Stopped(arguments)));
        return command;
    }
}
