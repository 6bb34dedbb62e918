using System.CommandLine;
using System.CommandLine.Invocation;
using DinOrleans.Cli.Backups;
using DinOrleans.Cli.Completion;
using DinOrleans.Cli.Doctor;
using DinOrleans.Cli.Erasures;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Imports;
using DinOrleans.Cli.Init;
using DinOrleans.Cli.Keys;
using DinOrleans.Cli.Running;

namespace DinOrleans.Cli;

/// <summary>The commands of the program.</summary>
internal static class Commands
{
    /// <summary>
    /// The time that "train" has to end after Ctrl-C. Writing the checkpoint of a large training takes more than the two seconds that other
    /// commands have.
    /// </summary>
    private static readonly TimeSpan TimeToSave = TimeSpan.FromMinutes(10);

    /// <summary>The time that "shoppers" has to end after Ctrl-C: visits under way may take five seconds to end, and then the report is written.</summary>
    private static readonly TimeSpan TimeToReport = TimeSpan.FromSeconds(20);

    /// <summary>The time that "backup" and "restore" have to remove what they made before Ctrl-C, on threads that stand back for others.</summary>
    private static readonly TimeSpan TimeToRemove = TimeSpan.FromMinutes(1);

    /// <summary>An argument <c>@FILE</c> is left to the option that it is given to, rather than taken for a file of arguments.</summary>
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    /// <summary>Reads a command line.</summary>
    public static ParseResult Parse(string[] arguments) => Create().Parse(arguments, Configuration);

    /// <summary>Makes all commands.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Imports data, trains models, evaluates and publishes them, lets simulated shoppers use a server, makes API keys and backups, and finds out what is wrong.")
        {
            InitCommand.Create(),
            ImportCommand.Create(),
            SampleShopCommand.Create(),
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            ItemVectorsCommand.Create(),
            CompareCommand.Create(),
            PublishCommand.Create(),
            ShoppersCommand.Create(),
            KeysCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            ErasuresCommand.Create(),
            DoctorCommand.Create(),
            CompletionCommand.Create(),
        };
        root.HelpName = CommandExamples.Program;
        HelpWithExamples.AddTo(root);
        return root;
    }

    /// <summary>Runs a command line. One that cannot be read is refused in one line, without the help, which <c>--help</c> prints.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> InvokeAsync(ParseResult arguments)
    {
        if (arguments.Action is ParseErrorAction)
        {
            string errors = string.Join(' ', arguments.Errors.Select(e => e.Message)).ReplaceLineEndings(" ");
            await Console.Error.WriteLineAsync($"error: {errors} --help lists what there is.").ConfigureAwait(false);
            return CommandRunner.Failed;
        }

        return await arguments.InvokeAsync(Invocation(arguments)).ConfigureAwait(false);
    }

    /// <summary>The settings with which a command line is run.</summary>
    public static InvocationConfiguration Invocation(ParseResult arguments)
    {
        var invocation = new InvocationConfiguration();
        invocation.ProcessTerminationTimeout = arguments.CommandResult.Command.Name switch
        {
            TrainCommand.Name => TimeToSave,
            ShoppersCommand.Name => TimeToReport,
            BackupCommand.Name or RestoreCommand.Name => TimeToRemove,
            _ => invocation.ProcessTerminationTimeout,
        };
        return invocation;
    }
}
