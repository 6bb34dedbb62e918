using System.CommandLine;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Cli.Running;
using DinOrleans.Storage.Postgres;
using DinOrleans.Storage.Registry;
using DinOrleans.Storage.Sqlite;

namespace DinOrleans.Cli.Doctor;

/// <summary><c>doctor</c>: says what is wrong with a data folder, a database or a cluster. It changes nothing.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var folder = new Argument<string?>("FOLDER") { Description = "A data folder. The server may run meanwhile.", Arity = ArgumentArity.ZeroOrOne };
        var postgres = new Option<string?>("--postgres") { Description = "The connection string of a cluster's PostgreSQL database. FOLDER is then the folder that its silos share." };
        Option<Uri> url = UrlOption.Create("--url", "Where a gateway listens, or the address for probes of another process.");
        url.Required = false;
        var key = new KeyOption();
        Option<bool> everything = TypedOption.Flag("--full", "Compares every index of an embedded database with its table as well, which takes several times as long.");
        Command command = new Command(
            "doctor", "Says what is wrong with a data folder, a database or a cluster, and what to do. Ends with 0 where nothing is wrong, 1 where something is, and 2 where it cannot tell.")
        {
            folder, postgres, url, key.Option, everything,
        }.Prints<Diagnosis>().WithExamples(
            "dinorleans doctor /var/dinorleans",
            "dinorleans doctor /shared/dinorleans --postgres \"Host=db;Username=dinorleans;Database=dinorleans\"",
            "dinorleans doctor --url http://localhost:5000");
        command.Validators.Add(result =>
        {
            if (result.GetResult(folder) is null or { Tokens.Count: 0 } && result.GetResult(postgres) is null && result.GetResult(url) is null)
            {
                result.AddError("At least one of FOLDER, --postgres and --url must be given.");
            }
        });
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var findings = new Findings();
            int failed = await CommandRunner.RunAsync(async () =>
            {
                if (arguments.GetValue(folder) is { } path)
                {
                    FolderDoctor.Require(path);
                }

                await LookAsync(arguments.GetValue(folder), arguments.GetValue(postgres), arguments.GetValue(everything), findings, cancellationToken).ConfigureAwait(false);
                if (arguments.GetValue(url) is { } address)
                {
                    using var server = new ServerDoctor(address, key.Read(arguments), TimeProvider.System, findings);
                    await server.LookAsync(cancellationToken).ConfigureAwait(false);
                }

                arguments.Print(findings.ToDiagnosis(), _ => findings.ToText());
            }).ConfigureAwait(false);
            return failed == 0 ? findings.ExitCode : failed;
        });
        return command;
    }

    private static async Task LookAsync(string? folder, string? postgres, bool everything, Findings findings, CancellationToken cancellationToken)
    {
        IReadOnlyList<NamedVersion>? named = null;
        ModelActivation? activation = null;
        if (postgres is not null)
        {
            PostgresState? state = await new PostgresDoctor(postgres, TimeProvider.System, findings).LookAsync(cancellationToken).ConfigureAwait(false);
            (named, activation) = (state?.Versions, state?.Activation);
        }

        if (folder is null)
        {
            return;
        }

        try
        {
            new FolderDoctor(folder, findings).Look();
            if (postgres is null)
            {
                SqliteContent? content = new DatabaseDoctor(folder, everything, findings).Look();
                (named, activation) = (content?.Versions, content?.Activation);
            }

            new VersionDoctor(folder, findings).Look(named, activation, cancellationToken);
        }
        catch (UnauthorizedAccessException e)
        {
            findings.Unknown(folder, e.Message, "Run this as the user of the server.");
        }
    }
}
