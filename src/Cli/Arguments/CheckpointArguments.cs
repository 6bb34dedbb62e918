using System.CommandLine;
using DinOrleans.Training.Checkpoints;

namespace DinOrleans.Cli.Arguments;

/// <summary>The options of <c>train</c> that say where it saves how far it is.</summary>
internal sealed class CheckpointArguments
{
    private readonly Option<string?> _folder = new("--checkpoint")
    {
        Description = "Folder that gets a checkpoint at each epoch's end and on Ctrl-C, to resume from.",
    };

    private readonly Option<int?> _steps = TypedOption.Whole("--checkpoint-steps", "Steps between further checkpoints.", 1, CheckpointOptions.MaxSteps);
    private readonly Option<bool> _resume = TypedOption.Flag("--resume", "Goes on from the folder's checkpoint.");

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

    /// <summary>The options as given; null without a folder.</summary>
    public CheckpointOptions? Read(ParseResult arguments) => arguments.GetValue(_folder) is { } folder
        ? new(folder) { EverySteps = arguments.GetValue(_steps), Resume = arguments.GetValue(_resume) }
        : null;

    /// <summary>What to say after Ctrl-C: how to resume, where there is something to resume.</summary>
    public string Stopped(ParseResult arguments) => Read(arguments) is { HasCheckpoint: true } options
        ? $"stopped; the same command with --resume goes on from {options.File}"
        : "stopped";
}
