using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Processes;

/// <summary>A standalone server as a process of its own.</summary>
internal sealed class StandaloneProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Settings for a machine that has much else to do. A ranking, and a server that ends, may take longer than a caller and a supervisor would wait.
    /// </summary>
    private static readonly Dictionary<string, string> _patient = new()
    {
        ["Gateway__RankingTimeout"] = "00:00:50",
        ["Gateway__RepeatCallsFor"] = "00:00:10",
        ["Scoring__DefaultDeadline"] = "00:00:50",
        ["Silo__SilentSilosLeaveAfter"] = "00:00:15",
        ["DOTNET_SHUTDOWNTIMEOUTSECONDS"] = "300",
    };

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private StandaloneProcess(Process process, Uri address, int clientPort)
    {
        _process = process;
        ClientPort = clientPort;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };
    }

    public HttpClient Http { get; }

    /// <summary>The port to which grain clients connect.</summary>
    public int ClientPort { get; }

    /// <summary>What it wrote so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts a server and waits until it is ready.</summary>
    public static async Task<StandaloneProcess> StartAsync(CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        return await StartAsync(FreePort.Take(3), cancellationToken, arguments);
    }

    /// <summary>Starts a server with further environment variables, and waits until it is ready.</summary>
    public static Task<StandaloneProcess> StartAsync(
        IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        StartAsync(FreePort.Take(3), environment, arguments, cancellationToken);

    /// <summary>Starts a server on given ports, of REST, of silos and of grain clients: one that comes back as the same member of its cluster.</summary>
    public static Task<StandaloneProcess> StartAsync(int[] ports, CancellationToken cancellationToken, params IEnumerable<string> arguments) =>
        StartAsync(ports, new Dictionary<string, string>(), arguments, cancellationToken);

    private static async Task<StandaloneProcess> StartAsync(
        int[] ports, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var address = new Uri($"http://127.0.0.1:{ports[0]}");
        ProcessStartInfo start = Commands.Start("Standalone",
        [
            .. arguments, "--urls", address.ToString(), "--Silo:SiloPort", Text(ports[1]), "--Silo:GatewayPort", Text(ports[2]),
        ]);
        foreach ((string variable, string value) in _patient.Concat(environment))
        {
            start.Environment[variable] = value;
        }

        Process process = Process.Start(start)!;
        var server = new StandaloneProcess(process, address, ports[2]);
        process.OutputDataReceived += (_, e) => server.Note(e.Data);
        process.ErrorDataReceived += (_, e) => server.Note(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await server.WaitAsync("/health/ready", body => true, cancellationToken);
        return server;
    }

    /// <summary>Asks until the answer is as wanted, and waits as long as a first start may train on a busy machine.</summary>
    /// <exception cref="InvalidOperationException">The process ended.</exception>
    /// <exception cref="TimeoutException">The message has the answer seen last and what the server wrote.</exception>
    public async Task WaitAsync(string path, Func<string, bool> condition, CancellationToken cancellationToken)
    {
        try
        {
            await Eventually.BecomesAsync(
                $"the answer to {path} is as wanted",
                () => GetAsync(path, cancellationToken),
                answer => answer.Status == HttpStatusCode.OK && condition(answer.Body),
                StartWithin,
                cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{Output}", e);
        }
    }

    /// <summary>Waits for a line of its output.</summary>
    /// <exception cref="InvalidOperationException">The process ended.</exception>
    public async Task<string> LineAsync(string start, CancellationToken cancellationToken)
    {
        string output = await Eventually.BecomesAsync($"a line starts with \"{start}\"", RunningOutput, text => Line(text) is not null, cancellationToken: cancellationToken);
        return Line(output)!;

        string? Line(string text) => text.Split('\n').FirstOrDefault(l => l.StartsWith(start, StringComparison.Ordinal))?.Trim();
    }

    /// <summary>Ends it without warning.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Asks it to end, as Ctrl-C does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> InterruptAsync(CancellationToken cancellationToken)
    {
        using Process kill = Process.Start("kill", ["-INT", Text(_process.Id)]);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            await KillAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    /// <returns>The answer, or why there was none: a server that starts does not listen yet.</returns>
    private async Task<(HttpStatusCode? Status, string Body)> GetAsync(string path, CancellationToken cancellationToken)
    {
        RunningOutput();
        try
        {
            using HttpResponseMessage answer = await Http.GetAsync(path, cancellationToken);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, e.Message);
        }
    }

    private string RunningOutput() =>
        _process.HasExited ? throw new InvalidOperationException($"The server ended with code {_process.ExitCode}: {Output}") : Output;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Note(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }
}
