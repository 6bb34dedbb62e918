using System.CommandLine;
using System.Globalization;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Cli.Running;
using DinOrleans.Storage.Folders;

namespace DinOrleans.Cli.Backups;

/// <summary><c>backup</c>: copies a data folder beside the server that uses it.</summary>
internal static class BackupCommand
{
    /// <summary>The name of the command.</summary>
    public const string Name = "backup";

    private const int UsualRate = 50;
    private const int FastestRate = 100_000;

    public static Command Create()
    {
        var data = new Argument<string>("FOLDER") { Description = "The data folder of a server with an embedded database. The server may run meanwhile." };
        var to = new Option<string>("--to") { Description = "The folder that gets the backup. It must be empty or not exist.", Required = true };
        Option<int> rate = TypedOption.Whole(
            "--rate", "The megabytes per second that are copied at most. Less disturbs the server less, but its write-ahead log grows for longer.", 1, FastestRate, UsualRate);
        Command command = new Command(Name, "Makes a backup of a data folder: the database and the model versions, each file with its digest.") { data, to, rate }
            .Prints<MadeBackup>()
            .WithExamples("dinorleans backup /var/dinorleans --to /backups/monday");
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(
            async () =>
            {
                string folder = arguments.GetValue(to)!;
                var run = new BackupRun(arguments.GetValue(data)!, folder, new CopyPace(arguments.GetValue(rate) * 1_000_000L), TimeProvider.System);
                BackupManifest made = await BesideServer.RunAsync(() => run.Make(cancellationToken)).ConfigureAwait(false);
                foreach (string missing in made.LeftOut)
                {
                    await Console.Error.WriteLineAsync($"warning: {missing}; the backup does not have it.").ConfigureAwait(false);
                }

                arguments.Print(MadeBackup.Create(folder, made), _ => $"{folder}: {Describe(made)}.");
            },
            () => "stopped; nothing of the backup is left"));
        return command;
    }

    /// <summary>What a backup holds, in one line.</summary>
    public static string Describe(BackupManifest backup) => string.Create(
        CultureInfo.InvariantCulture,
        $"{backup.Events:N0} events of {backup.Users:N0} users as of {backup.TakenAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}, {backup.Versions()} model versions, {FreeSpace.Text(backup.Bytes())}");
}
