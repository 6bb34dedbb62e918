using System.CommandLine;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Cli.Running;
using DinOrleans.Cli.Servers;
using DinOrleans.Client;
using DinOrleans.Contracts.Keys;

namespace DinOrleans.Cli.Keys;

/// <summary><c>keys</c>: makes, lists and revokes the API keys of a server.</summary>
internal static class KeysCommand
{
    private const int MostDays = 36_500;

    public static Command Create() => new("keys", "Makes, lists and revokes the API keys of a server. The caller's own key needs the scope admin.")
    {
        CreateMake(),
        CreateList(),
        CreateRevoke(),
    };

    private static Command CreateMake()
    {
        var note = new Option<string>("--note") { Description = "Who or what the key is for.", Required = true };
        var scopes = new Option<string>("--scopes") { Description = $"What the key may do, separated by commas: {string.Join(", ", ApiScopes.All)}.", Required = true };
        Option<int?> days = TypedOption.Whole("--days", "Days after which the key stops working. It never does where this is left out.", 1, MostDays);
        Command command = new Command("make", "Makes a key and prints it, once: nothing keeps it.") { note, scopes, days }
            .Prints<NewKey>()
            .WithExamples("dinorleans keys make --url http://localhost:5000 --note \"shop front\" --scopes rank,events --days 365");
        var server = new ServerArguments(command);
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            var request = new KeyRequest
            {
                Note = arguments.GetValue(note)!,
                Scopes = arguments.GetValue(scopes)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                ExpiresAt = arguments.GetValue(days) is { } after ? TimeProvider.System.GetUtcNow().AddDays(after) : null,
            };
            NewKey made = await server.CallAsync(arguments, client => client.Keys.MakeAsync(request, cancellationToken)).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"Made key {made.Info.Id}. It is shown only here and now:").ConfigureAwait(false);
            arguments.Print(made, m => m.Key);
        }));
        return command;
    }

    private static Command CreateList()
    {
        Command command = new Command("list", "Lists all keys, newest first. Those that ended more than 90 days ago are forgotten.")
            .Prints<ListedKeys>()
            .WithExamples("dinorleans keys list --url http://localhost:5000");
        var server = new ServerArguments(command);
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            IReadOnlyList<ApiKey> keys = await server.CallAsync(arguments, client => client.Keys.GetAsync(cancellationToken)).ConfigureAwait(false);
            arguments.Print(new ListedKeys(keys), listed => KeyTable.Of(listed.Keys));
        }));
        return command;
    }

    private static Command CreateRevoke()
    {
        var id = new Argument<string>("ID") { Description = "The id of the key, as \"keys list\" shows it." };
        id.Validators.Add(result =>
        {
            // Somebody who gives the whole key must not see it go into logs of servers.
            if (!ApiKeyRules.IsId(result.Tokens.Count == 1 ? result.Tokens[0].Value : ""))
            {
                result.AddError($"ID must be the {ApiKeyRules.IdLength} lower-case letters and digits that \"keys list\" shows.");
            }
        });
        Command command = new Command("revoke", "Ends a key for good. Every gateway refuses it within 10 seconds.") { id }
            .Prints<RevokedKey>()
            .WithExamples("dinorleans keys revoke abcdefghijkl --url http://localhost:5000");
        var server = new ServerArguments(command);
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            string revoked = arguments.GetValue(id)!;
            await server.CallAsync(arguments, async client =>
            {
                await client.Keys.RevokeAsync(revoked, cancellationToken).ConfigureAwait(false);
                return revoked;
            }).ConfigureAwait(false);
            arguments.Print(new RevokedKey(revoked), key => $"Revoked key {key.Id}.");
        }));
        return command;
    }
}
