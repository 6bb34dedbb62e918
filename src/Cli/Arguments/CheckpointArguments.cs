using System.CommandLine;
using DinOrleans.Training.Checkpoints;

namespace DinOrleans.Cli.Arguments;

/// <summary>The options of <c>train</c> that say where and how often it saves checkpoints.</summary>
internal sealed class CheckpointArguments
{
    private readonly Option<string?> _folder = new("--checkpoint")
    {
        Description = "The folder that gets a checkpoint at the end of each epoch and on Ctrl-C.",
    };

    private readonly Option<int?> _steps = TypedOption.Whole("--checkpoint-steps", "The number of steps between further checkpoints.", 1, CheckpointOptions.MaxSteps);
    private readonly Option<bool> _resume = TypedOption.Flag("--resume", "Goes on from the checkpoint in the folder.");

    public void AddTo(Command command)
    {
        command.Options.Add(_folder);
        command.Options.Add(_steps);
        command.Options.Add(_resume);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_folder) is null && (result.GetResult(_steps) ?? result.GetResult(_resume)) is { } orphan)
            {
                result.AddError($"{orphan.Option.Name} needs --checkpoint FOLDER.");
            }
        });
    }

    /// <summary>Reads the options.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="followsLog">True if the log may have grown between a checkpoint and its resumption.</param>
    /// <returns>The options, or null if no folder was given.</returns>
    public CheckpointOptions? Read(ParseResult arguments, bool followsLog) => arguments.GetValue(_folder) is { } folder
        ? new(folder) { EverySteps = arguments.GetValue(_steps), Resume = arguments.GetValue(_resume), FollowsLog = followsLog }
        : null;

    /// <summary>The message after Ctrl-C, which says how to resume if there is a checkpoint.</summary>
    public string Stopped(ParseResult arguments) => arguments.GetValue(_folder) is { } folder && new CheckpointOptions(folder) is { HasCheckpoint: true } options
        ? $"stopped; the same command with --resume goes on from {options.File}"
        : "stopped";
}
