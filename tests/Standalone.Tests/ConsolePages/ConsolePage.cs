using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace DinOrleans.Standalone.Tests.ConsolePages;

/// <summary>A page of the console in a browser, which notes what goes wrong in it.</summary>
internal sealed class ConsolePage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly ConcurrentQueue<string> _requests = [];

    public ConsolePage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Request += (_, request) => _requests.Enqueue(request.Url);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _errors.Enqueue($"{message.Text} {message.Location}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts, refused by the content security policy, and failed requests.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>The addresses that the page has asked for.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public ILocator Heading(string name, int level = 1) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Level = level });

    public ILocator Button(string name, bool exact = true) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = exact });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public ILocator Region(string name) => Page.GetByRole(AriaRole.Region, new() { Name = name });

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
