using System.CommandLine;
using System.Globalization;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Cli.Running;
using DinOrleans.Model.Validation;
using DinOrleans.Storage.Erasures;

namespace DinOrleans.Cli.Erasures;

/// <summary><c>erasures</c>: keeps the erasures of a server apart from its database, and applies them to one that was put back.</summary>
internal static class ErasuresCommand
{
    public static Command Create() => new("erasures", "Exports the erasures of a server's stores, and applies them to stores that were put back from an older state.")
    {
        CreateExport(),
        CreateApply(),
    };

    private static Command CreateExport()
    {
        Option<string> store = Store("The stores to read: a data folder, or the connection string of a cluster's PostgreSQL database. The server may run meanwhile.");
        var to = new Option<string>("--to") { Description = "The file to write. It must not exist.", Required = true };
        Command command = new Command("export", "Writes every erasure into a file, to be kept where the backups are.") { store, to }
            .Prints<ExportedErasures>()
            .WithExamples("dinorleans erasures export --store /var/dinorleans --to /backups/erasures-monday.jsonl");
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            string file = Path.GetFullPath(arguments.GetValue(to)!);
            if (Path.Exists(file))
            {
                throw new InvalidContentException($"--to: {file} exists.");
            }

            DateTimeOffset exportedAt = TimeProvider.System.GetUtcNow();
            IReadOnlyList<Erasure> erasures = await ErasedStore.ReadAsync(arguments.GetValue(store)!, cancellationToken).ConfigureAwait(false);
            Write(file, exportedAt, erasures);
            arguments.Print(new ExportedErasures(file, erasures.Count), e => string.Create(CultureInfo.InvariantCulture, $"{e.File}: {e.Users:N0} erased users."));
        }));
        return command;
    }

    private static Command CreateApply()
    {
        var sources = new Argument<string[]>("SOURCE")
        {
            Description = "Where the erasures are known from: the folder of an erasure journal, the data folder that a server had, or a file that \"export\" wrote.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> store = Store("The stores that were put back: a data folder, or the connection string of a PostgreSQL database. No server may use them.");
        Command command = new Command("apply", "Erases every user whose erasure is later than the stores.") { sources, store }
            .Prints<AppliedErasures>()
            .WithExamples("dinorleans erasures apply /var/dinorleans.old --store /var/dinorleans");
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            ErasureSource[] read = [.. arguments.GetValue(sources)!.Select(ErasureSource.Read)];
            foreach (string warning in read.SelectMany(source => source.Warnings))
            {
                await Console.Error.WriteLineAsync($"warning: {warning}.").ConfigureAwait(false);
            }

            Erasure[] erasures = [.. read.SelectMany(source => source.Lists).SelectMany(list => list.Erasures)];
            int erased = await ErasedStore.ApplyAsync(arguments.GetValue(store)!, erasures, cancellationToken).ConfigureAwait(false);
            arguments.Print(
                new AppliedErasures(erased, erasures.DistinctBy(e => e.UserId).Count()),
                applied => string.Create(CultureInfo.InvariantCulture, $"{applied.Erased:N0} users had to be erased again, of {applied.Known:N0} whose erasure is known."));
        }));
        return command;
    }

    private static Option<string> Store(string description) => new("--store") { Description = description, Required = true };

    /// <summary>Writes the file beside its place, because half an export would look like one.</summary>
    private static void Write(string file, DateTimeOffset exportedAt, IReadOnlyList<Erasure> erasures)
    {
        string beside = $"{file}.{Guid.NewGuid():N}.partial";
        try
        {
            ErasureFile.Write(beside, from: null, exportedAt, erasures);
            File.Move(beside, file);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}
