using System.Diagnostics;
using System.Globalization;

namespace DinOrleans.Benchmarks.Servers;

/// <summary>A server under measurement, as a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();

    private ServerProcess(string name, int port, Process process)
    {
        Name = name;
        Port = port;
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    public int Port { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>Processor time used so far, all cores and worker processes together.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime + TimeSpan.FromTicks(ProcessChildren.Sum(_process.Id, p => p.TotalProcessorTime.Ticks));
        }
    }

    /// <summary>Resident memory of all worker processes together, bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 + ProcessChildren.Sum(_process.Id, p => p.WorkingSet64);
        }
    }

    /// <summary>What it printed last.</summary>
    public string Output
    {
        get
        {
            lock (_lastLines)
            {
                return string.Join('\n', _lastLines);
            }
        }
    }

    /// <summary>Starts a .NET program.</summary>
    /// <param name="name">The name of the server in the table.</param>
    /// <param name="program">Path of the .dll, or of the executable of a self-contained one.</param>
    /// <param name="port">The port on which it will listen.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Environment variables in addition to those of this process.</param>
    public static ServerProcess Start(
        string name, string program, int port, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        bool assembly = Path.GetExtension(program) == ".dll";
        var start = new ProcessStartInfo(assembly ? "dotnet" : program)
        {
            WorkingDirectory = Path.GetDirectoryName(program),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in assembly ? [program, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string variable, string value) in environment)
        {
            start.Environment[variable] = value;
        }

        return new(name, port, Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
    }

    /// <summary>Stops all of its threads where they are, until <see cref="Resume"/>.</summary>
    /// <exception cref="PlatformNotSupportedException">The system has no such signal.</exception>
    public void Pause() => Signal("-STOP");

    /// <summary>Goes on after <see cref="Pause"/>.</summary>
    /// <exception cref="PlatformNotSupportedException">The system has no such signal.</exception>
    public void Resume() => Signal("-CONT");

    /// <summary>Asks it to end, as Ctrl-C does, and waits until it has.</summary>
    /// <exception cref="PlatformNotSupportedException">The system has no such signal.</exception>
    public Task InterruptAsync(CancellationToken cancellationToken)
    {
        Signal("-INT");
        return _process.WaitForExitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(StopPatience);
        }

        _process.Dispose();
    }

    private void Signal(string signal)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("Windows has no signals that pause or interrupt one process.");
        }

        using Process kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException($"kill {signal} of {Name} ended with code {kill.ExitCode}.");
        }
    }

    private void Keep(string? line)
    {
        const int Lines = 40;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line ?? "");
            while (_lastLines.Count > Lines)
            {
                _lastLines.Dequeue();
            }
        }
    }
}
