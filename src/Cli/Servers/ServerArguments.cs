using System.CommandLine;
using DinOrleans.Cli.Arguments;
using DinOrleans.Client;
using Microsoft.Extensions.Options;

namespace DinOrleans.Cli.Servers;

/// <summary>The options that name a server and the key to send, and the calls of it.</summary>
internal sealed class ServerArguments
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly Option<Uri> _url;
    private readonly KeyOption _key = new();

    /// <param name="command">The command that gets the options.</param>
    /// <param name="name">The name of the option for the address.</param>
    public ServerArguments(Command command, string name = "--url")
    {
        _url = UrlOption.Create(name, "Where the server listens, for example http://localhost:5000.");
        command.Options.Add(_url);
        command.Options.Add(_key.Option);
    }

    /// <summary>Calls the server. A call is sent once, because whoever waits at a terminal rather knows at once.</summary>
    /// <exception cref="DinOrleansException">The server cannot be reached, refuses the call or does not answer in time. The message is one sentence.</exception>
    public async Task<T> CallAsync<T>(ParseResult arguments, Func<IDinOrleansClient, Task<T>> call)
    {
        using var http = new HttpClient();
        var options = new DinOrleansClientOptions { Address = arguments.GetValue(_url), Key = _key.Read(arguments), Timeout = Timeout, Patience = TimeSpan.Zero };
        return await call(new DinOrleansClient(http, Options.Create(options), TimeProvider.System)).ConfigureAwait(false);
    }
}
