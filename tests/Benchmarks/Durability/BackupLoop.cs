using System.Diagnostics;
using System.Globalization;

namespace DinOrleans.Benchmarks.Durability;

/// <summary>Makes backups of a data folder, one after the other, until it is stopped. Each is removed when it is complete.</summary>
internal sealed class BackupLoop : IDisposable
{
    private const double Megabyte = 1024 * 1024;

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private readonly string _program;
    private readonly string _data;
    private readonly string _to;
    private TimeSpan _took;
    private long _bytes;
    private int _made;

    /// <summary>Starts it.</summary>
    /// <param name="program">The path of the command line program.</param>
    /// <param name="data">The data folder.</param>
    /// <param name="scratch">The folder that gets the backups.</param>
    public BackupLoop(string program, string data, string scratch)
    {
        _program = program;
        _data = data;
        _to = Path.Combine(scratch, $"backup-{Guid.NewGuid():N}");
        _loop = Task.Run(RunAsync);
    }

    /// <summary>The built program of a source tree.</summary>
    /// <param name="repository">Folder of DinOrleans.sln.</param>
    public static string Program(string repository) => Path.Combine(repository, "src", "Cli", "bin", "Release", "net10.0", "DinOrleans.Cli.dll");

    /// <summary>Lets the backup that is being made end, and stops.</summary>
    /// <returns>A line that says how many were made, how large they were and how long each took.</returns>
    /// <exception cref="InvalidOperationException">A backup failed.</exception>
    public async Task<string> StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        return string.Create(
            CultureInfo.InvariantCulture, $"{_made} backups of {_bytes / Megabyte / _made:N0} MB, {_took.TotalSeconds / _made:F1} s each, with the start of the program");
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private async Task RunAsync()
    {
        do
        {
            long start = Stopwatch.GetTimestamp();
            using Process backup = Process.Start(new ProcessStartInfo("dotnet", [_program, "backup", _data, "--to", _to]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> output = backup.StandardOutput.ReadToEndAsync();
            string errors = await backup.StandardError.ReadToEndAsync().ConfigureAwait(false);
            await backup.WaitForExitAsync().ConfigureAwait(false);
            await output.ConfigureAwait(false);
            if (backup.ExitCode != 0)
            {
                throw new InvalidOperationException($"The backup failed: {errors}");
            }

            _made++;
            _took += Stopwatch.GetElapsedTime(start);
            _bytes += new DirectoryInfo(_to).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
            Directory.Delete(_to, recursive: true);
        }
        while (!_stop.IsCancellationRequested);
    }
}
