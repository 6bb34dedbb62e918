using System.CommandLine;
using System.Globalization;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Erasures;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Cli.Running;
using DinOrleans.Model.Validation;

namespace DinOrleans.Cli.Backups;

/// <summary><c>restore</c>: makes a data folder of a backup.</summary>
internal static class RestoreCommand
{
    /// <summary>The name of the command.</summary>
    public const string Name = "restore";

    private const string Erasures = "--erasures";
    private const string WithoutErasures = "--without-erasures";

    public static Command Create()
    {
        var backup = new Argument<string>("BACKUP") { Description = "The folder that \"backup\" has written." };
        var to = new Option<string>("--to") { Description = "The data folder to make. It must be empty or not exist.", Required = true };
        var erasures = new Option<string[]>(Erasures)
        {
            Description = "Where the erasures since the backup are known from: the folder of the erasure journal, the data folder that the server had, or a file that \"erasures export\" wrote.",
        };
        Option<bool> without = TypedOption.Flag(WithoutErasures, "Lets users who were erased after the backup come back, where there is nothing that knows them.");
        Command command = new Command(Name, "Verifies a backup, makes a data folder of it, and erases again who was erased since.") { backup, to, erasures, without }
            .Prints<RestoredFolder>()
            .WithExamples("dinorleans restore /backups/monday --to /var/dinorleans --erasures /var/dinorleans.old");
        command.Validators.Add(result =>
        {
            if (result.GetResult(erasures) is not null && result.GetResult(without) is not null)
            {
                result.AddError($"Only one of {Erasures} and {WithoutErasures} may be given.");
            }
        });
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(
            () => Task.Run(
                () => Restore(arguments, arguments.GetValue(backup)!, arguments.GetValue(to)!, arguments.GetValue(erasures) ?? [], arguments.GetValue(without), cancellationToken),
                CancellationToken.None),
            () => "stopped; nothing was restored"));
        return command;
    }

    private static void Restore(ParseResult arguments, string backup, string to, string[] sources, bool isWithout, CancellationToken cancellationToken)
    {
        var run = new RestoreRun(backup, to);
        run.RequireFree();
        BackupManifest manifest = run.Verify(cancellationToken);
        if (sources.Length == 0 && !isWithout)
        {
            throw new InvalidContentException(
                $"Users who were erased after {Text(manifest.TakenAt)}, when this backup was made, would come back. Give {Erasures} with the folder of the erasure journal, "
                + $"the data folder that the server had, or a file that \"erasures export\" wrote; or {WithoutErasures} if none of these is left.");
        }

        KnownErasures known = isWithout ? new([], [$"users who were erased after {Text(manifest.TakenAt)} are back"]) : KnownErasures.Read(sources, manifest.TakenAt);
        int erased = run.Make(manifest, known.Erasures, cancellationToken);
        string[] warnings = [.. known.Warnings, .. manifest.LeftOut.Select(missing => $"{missing}, and the backup does not have it")];
        foreach (string warning in warnings)
        {
            Console.Error.WriteLine($"warning: {warning}.");
        }

        arguments.Print(
            new RestoredFolder(to, manifest.TakenAt, manifest.Events, manifest.Users, manifest.Versions(), erased, warnings),
            restored => string.Create(CultureInfo.InvariantCulture, $"{to}: {BackupCommand.Describe(manifest)}; {restored.ErasedUsers:N0} users erased since were erased again.\n")
                + "API keys that were revoked after the backup work again: revoke them once the server runs.");
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
