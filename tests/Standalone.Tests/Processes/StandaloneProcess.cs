using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace DinOrleans.Standalone.Tests.Processes;

/// <summary>A standalone server as a process of its own.</summary>
internal sealed class StandaloneProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private StandaloneProcess(Process process, Uri address, int clientPort)
    {
        _process = process;
        ClientPort = clientPort;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };
    }

    public HttpClient Http { get; }

    /// <summary>Where grain clients connect.</summary>
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

    /// <summary>Starts a server on given ports, of REST, of silos and of grain clients: one that comes back as the same member of its cluster.</summary>
    public static async Task<StandaloneProcess> StartAsync(int[] ports, CancellationToken cancellationToken, params IEnumerable<string> arguments)
    {
        var address = new Uri($"http://127.0.0.1:{ports[0]}");
        Process process = Process.Start(Commands.Start("Standalone",
        [
            .. arguments, "--urls", address.ToString(), "--Silo:SiloPort", Text(ports[1]), "--Silo:GatewayPort", Text(ports[2]),
        ]))!;
        var server = new StandaloneProcess(process, address, ports[2]);
        process.OutputDataReceived += (_, e) => server.Note(e.Data);
        process.ErrorDataReceived += (_, e) => server.Note(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await server.WaitAsync("/health/ready", body => true, cancellationToken);
        return server;
    }

    /// <summary>Asks until the answer is as wanted.</summary>
    /// <exception cref="InvalidOperationException">The process ended.</exception>
    public async Task WaitAsync(string path, Func<string, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The server ended with code {_process.ExitCode}: {Output}");
            }

            try
            {
                using HttpResponseMessage answer = await Http.GetAsync(path, cancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK && condition(await answer.Content.ReadAsStringAsync(cancellationToken)))
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    /// <summary>Waits for a line of its output.</summary>
    public async Task<string> LineAsync(string start, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Output.Split('\n').FirstOrDefault(l => l.StartsWith(start, StringComparison.Ordinal)) is { } line)
            {
                return line.Trim();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
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
