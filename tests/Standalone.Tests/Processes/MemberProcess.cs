using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace DinOrleans.Standalone.Tests.Processes;

/// <summary>A silo or a gateway of a cluster as a process of its own, which can be frozen and killed.</summary>
internal sealed class MemberProcess : IAsyncDisposable
{
    /// <summary>Settings for a machine that has much else to do: a silo that waits for the processor is neither lost nor too late.</summary>
    private static readonly Dictionary<string, string> _patient = new()
    {
        ["Scoring__DefaultDeadline"] = "00:00:50",
        ["Silo__SilentSilosLeaveAfter"] = "00:00:15",
        ["DOTNET_SHUTDOWNTIMEOUTSECONDS"] = "300",
    };

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private bool _isFrozen;

    private MemberProcess(Process process) => _process = process;

    public bool HasExited => _process.HasExited;

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

    /// <summary>Starts a program of this build.</summary>
    public static MemberProcess Start(string program, params IEnumerable<string> arguments) => Start(program, new Dictionary<string, string>(), arguments);

    /// <summary>Starts a program of this build with further environment variables.</summary>
    public static MemberProcess Start(string program, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = WithStandalonesLibraries(Commands.Start(program, arguments));
        foreach ((string variable, string value) in _patient.Concat(environment))
        {
            start.Environment[variable] = value;
        }

        var member = new MemberProcess(Process.Start(start)!);
        member._process.OutputDataReceived += (_, e) => member.Note(e.Data);
        member._process.ErrorDataReceived += (_, e) => member.Note(e.Data);
        member._process.BeginOutputReadLine();
        member._process.BeginErrorReadLine();
        return member;
    }

    /// <summary>Stops it from running while its sockets stay open, as a machine that hangs does.</summary>
    public void Freeze()
    {
        Signal("STOP");
        _isFrozen = true;
    }

    /// <summary>Lets it run again.</summary>
    public void Thaw()
    {
        Signal("CONT");
        _isFrozen = false;
    }

    /// <summary>Asks it to end, as a supervisor does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync(CancellationToken cancellationToken)
    {
        Signal("TERM");
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ends it without warning.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            if (_isFrozen)
            {
                Thaw();
            }

            await KillAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    /// <summary>The programs lie in one folder, whose libraries are what the largest of them needs beside the shared frameworks.</summary>
    public static ProcessStartInfo WithStandalonesLibraries(ProcessStartInfo start)
    {
        string standalone = Path.Combine(AppContext.BaseDirectory, "DinOrleans.Standalone");
        return WithLibraries(start, standalone + ".deps.json");
    }

    /// <summary>A program whose libraries Standalone does not need all, but these tests do.</summary>
    public static ProcessStartInfo WithLibrariesOfTheTests(ProcessStartInfo start) =>
        WithLibraries(start, Path.Combine(AppContext.BaseDirectory, typeof(MemberProcess).Assembly.GetName().Name + ".deps.json"));

    private static ProcessStartInfo WithLibraries(ProcessStartInfo start, string dependencies)
    {
        string[] host = ["exec", "--runtimeconfig", Path.Combine(AppContext.BaseDirectory, "DinOrleans.Standalone.runtimeconfig.json"), "--depsfile", dependencies];
        for (int i = 0; i < host.Length; i++)
        {
            start.ArgumentList.Insert(i, host[i]);
        }

        return start;
    }

    private void Signal(string name)
    {
        using Process kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private void Note(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
