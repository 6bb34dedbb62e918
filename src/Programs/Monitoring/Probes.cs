using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Programs.Monitoring;

/// <summary>Answers the probes of a supervisor: 200 with "ok", or 503 with the reason as text.</summary>
internal sealed partial class Probes(IReadiness readiness, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Probes> logger)
{
    /// <summary>How long the readiness may take to find out. A probe that waits for longer has been given up by its supervisor.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly ILogger _logger = logger;

    /// <summary>The process answers.</summary>
    public static Task LiveAsync(HttpContext http) => AnswerAsync(http, reasonAgainst: null);

    /// <summary>The start is over.</summary>
    public Task StartupAsync(HttpContext http) => AnswerAsync(http, NotStarted());

    /// <summary>The program can do its work.</summary>
    public async Task ReadyAsync(HttpContext http) => await AnswerAsync(http, NotStarted() ?? Stopping() ?? await AskAsync(http.RequestAborted));

    private string? NotStarted() => lifetime.ApplicationStarted.IsCancellationRequested ? null : "The process is starting.";

    private string? Stopping() => lifetime.ApplicationStopping.IsCancellationRequested ? "The process is stopping." : null;

    private async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await readiness.ReasonAgainstAsync(cancellationToken).WaitAsync(Timeout, time, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnknown(e);
            return "The state of the process is not known.";
        }
    }

    private static Task AnswerAsync(HttpContext http, string? reasonAgainst)
    {
        http.Response.StatusCode = reasonAgainst is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(reasonAgainst ?? "ok", http.RequestAborted);
    }

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "A probe could not find out whether this process is ready")]
    private partial void LogUnknown(Exception error);
}
