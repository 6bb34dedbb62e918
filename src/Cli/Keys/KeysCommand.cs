using System.CommandLine;
using System.Text.Json;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Running;
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
        (Option<Uri> url, KeyOption key) = Server();
        var note = new Option<string>("--note") { Description = "Who or what the key is for.", Required = true };
        var scopes = new Option<string>("--scopes") { Description = $"What the key may do, separated by commas: {string.Join(", ", ApiScopes.All)}.", Required = true };
        Option<int?> days = TypedOption.Whole("--days", "Days after which the key stops working. It never does where this is left out.", 1, MostDays);
        var command = new Command("make", "Makes a key and prints it, once: nothing keeps it.") { url, key.Option, note, scopes, days };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            var request = new
            {
                note = arguments.GetValue(note),
                scopes = arguments.GetValue(scopes)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                expiresAt = arguments.GetValue(days) is { } after ? TimeProvider.System.GetUtcNow().AddDays(after) : (DateTimeOffset?)null,
            };
            JsonElement made = await SendAsync(arguments, url, key, HttpMethod.Post, "v1/keys", request, cancellationToken).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"Made key {made.GetProperty("info").GetProperty("id").GetString()}. It is shown only here and now:").ConfigureAwait(false);
            await Console.Out.WriteLineAsync(made.GetProperty("key").GetString()).ConfigureAwait(false);
        }));
        return command;
    }

    private static Command CreateList()
    {
        (Option<Uri> url, KeyOption key) = Server();
        var command = new Command("list", "Lists all keys, newest first. Those that ended more than 90 days ago are forgotten.") { url, key.Option };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            JsonElement answer = await SendAsync(arguments, url, key, HttpMethod.Get, "v1/keys", body: null, cancellationToken).ConfigureAwait(false);
            await Console.Out.WriteAsync(KeyTable.Of(answer.GetProperty("keys"))).ConfigureAwait(false);
        }));
        return command;
    }

    private static Command CreateRevoke()
    {
        (Option<Uri> url, KeyOption key) = Server();
        var id = new Argument<string>("ID") { Description = "The id of the key, as \"keys list\" shows it." };
        id.Validators.Add(result =>
        {
            // Somebody who gives the whole key must not see it go into logs of servers.
            if (!ApiKeyRules.IsId(result.Tokens.Count == 1 ? result.Tokens[0].Value : ""))
            {
                result.AddError($"ID must be the {ApiKeyRules.IdLength} lower-case letters and digits that \"keys list\" shows.");
            }
        });
        var command = new Command("revoke", "Ends a key for good. Every gateway refuses it within 10 seconds.") { id, url, key.Option };
        command.SetAction((arguments, cancellationToken) => CommandRunner.RunAsync(async () =>
        {
            string revoked = arguments.GetValue(id)!;
            using var client = new KeysClient(arguments.GetValue(url)!, key.Read(arguments));
            await client.SendAsync(HttpMethod.Delete, $"v1/keys/{revoked}", body: null, cancellationToken).ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"Revoked key {revoked}.").ConfigureAwait(false);
        }));
        return command;
    }

    private static (Option<Uri> Url, KeyOption Key) Server() =>
        (UrlOption.Create("--url", "Where the server listens, for example http://localhost:5000."), new KeyOption());

    private static async Task<JsonElement> SendAsync(
        ParseResult arguments, Option<Uri> url, KeyOption key, HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var client = new KeysClient(arguments.GetValue(url)!, key.Read(arguments));
        byte[] answer = await client.SendAsync(method, path, body, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(answer);
        }
        catch (JsonException e)
        {
            throw new IOException($"The answer to {method} /{path} is not JSON, so this is not a gateway of DinOrleans.", e);
        }
    }
}
