using System.CommandLine;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Publishing;
using DinOrleans.Cli.Results;
using DinOrleans.Cli.Running;
using DinOrleans.Cli.Servers;
using DinOrleans.Client;
using DinOrleans.Model.Artifacts;
using DinOrleans.Programs.Terminal;
using DinOrleans.Storage.Artifacts;

namespace DinOrleans.Cli;

/// <summary>The command <c>publish</c>, which brings a model version to a running server.</summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "The folder of the model version, which \"train\" has written." };
        var store = new Option<string?>("--store")
        {
            Description = "The server's folder of model versions, DATA/versions, if this machine sees it. The version is then copied into it and not uploaded.",
        };
        Command command = new Command("publish", "Verifies a model version, puts it into a server's artifact store and publishes it.") { folder, store }
            .Prints<PublishedVersion>()
            .WithExamples(
                "dinorleans publish versions/20260501-120000-din-1a2b3c4d --to http://localhost:5000",
                "dinorleans publish versions/20260501-120000-din-1a2b3c4d --to http://localhost:5000 --store /var/dinorleans/versions");
        var server = new ServerArguments(command, "--to");
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            string source = Path.GetFullPath(arguments.GetValue(folder)!);

            // A damaged version is found here, before anything is sent.
            using var version = Artifact.Open(source);
            string name = version.Manifest.Version;
            string? place = arguments.GetValue(store);
            PublishedVersion published = await server.CallAsync(arguments, async client =>
            {
                if (place is null)
                {
                    await UploadAsync(client, name, source, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await CopyAsync(source, place, cancellationToken).ConfigureAwait(false);
                }

                ModelRegistry models = await client.Models.PublishAsync(name, cancellationToken: cancellationToken).ConfigureAwait(false);
                return new PublishedVersion(name, place is null, models.Active, models.Target, models.Versions.Single(v => v.Version == name).WaitsBecause);
            }).ConfigureAwait(false);
            arguments.Print(published, p => p.Version);
            if (published.WaitsBecause is { } reason)
            {
                // The standard output has the name alone, for a script that goes on with it.
                await Console.Error.WriteLineAsync($"It waits before it comes to the users: {reason}. It goes on by itself.").ConfigureAwait(false);
            }
        }));
        return command;
    }

    private static async Task UploadAsync(IDinOrleansClient client, string version, string folder, CancellationToken cancellationToken)
    {
        using LiveLine line = LiveLine.OfErrorOutput();
        await client.Models.UploadAsync(version, folder, new UploadLine(line), cancellationToken).ConfigureAwait(false);
    }

    private static async Task CopyAsync(string source, string store, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(store))
        {
            throw new DirectoryNotFoundException($"There is no folder {store}.");
        }

        await new FolderArtifactStore(store).ImportAsync(source, cancellationToken).ConfigureAwait(false);
    }
}
