using System.CommandLine;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Publishing;
using DinOrleans.Cli.Running;
using DinOrleans.Model.Artifacts;
using DinOrleans.Storage.Artifacts;

namespace DinOrleans.Cli;

/// <summary>The command <c>publish</c>, which brings a model version to a running server.</summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "The folder of the model version, which \"train\" has written." };
        Option<Uri> url = UrlOption.Create("--to", "The address of the server, for example http://localhost:5000.");
        var key = new KeyOption();
        var store = new Option<string?>("--store")
        {
            Description = "The server's folder of model versions, DATA/versions, if this machine sees it. The version is then copied into it and not uploaded.",
        };
        var command = new Command("publish", "Verifies a model version, puts it into a server's artifact store and publishes it.") { folder, url, key.Option, store };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            string source = Path.GetFullPath(arguments.GetValue(folder)!);

            // A damaged version is found here, before anything is sent.
            using (var version = Artifact.Open(source))
            {
                using var server = new ModelServer(arguments.GetValue(url)!, key.Read(arguments));
                string name = version.Manifest.Version;
                if (arguments.GetValue(store) is { } place)
                {
                    await CopyAsync(source, place, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await server.UploadAsync(name, source, cancellationToken).ConfigureAwait(false);
                }

                string? waitsBecause = await server.PublishAsync(name, cancellationToken).ConfigureAwait(false);
                Console.WriteLine(name);
                if (waitsBecause is not null)
                {
                    // The standard output has the name alone, for a script that goes on with it.
                    await Console.Error.WriteLineAsync($"It waits before it comes to the users: {waitsBecause}. It goes on by itself.").ConfigureAwait(false);
                }
            }
        }));
        return command;
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
