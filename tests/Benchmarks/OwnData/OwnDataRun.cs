using System.Diagnostics;
using System.Globalization;
using System.Text;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.TestMachine;

namespace DinOrleans.Benchmarks.OwnData;

/// <summary>Goes the way of the README from files of one's own to a ranking, with a clock.</summary>
/// <param name="repository">Folder of DinOrleans.sln, whose programs are built.</param>
/// <param name="folder">A folder for the files, which is made anew.</param>
internal sealed class OwnDataRun(string repository, string folder)
{
    private const int Candidates = 100;

    private readonly string _dataset = Path.Combine(folder, "dataset");

    /// <summary>Measures each step.</summary>
    /// <returns>The steps with the time that each took.</returns>
    /// <exception cref="InvalidOperationException">A step failed.</exception>
    public async Task<IReadOnlyList<(string Step, TimeSpan Time)>> MeasureAsync(int clicks, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var files = new OwnDataFiles(folder);
        files.Write(clicks);
        long start = Stopwatch.GetTimestamp();
        await InitAsync(files, cancellationToken).ConfigureAwait(false);
        TimeSpan init = Stopwatch.GetElapsedTime(start);

        start = Stopwatch.GetTimestamp();
        using ServerProcess server = Serve();
        await WarmUp.UntilAnswersAsync(server, cancellationToken).ConfigureAwait(false);
        TimeSpan answers = Stopwatch.GetElapsedTime(start);
        await WarmUp.UntilReadyAsync(server, cancellationToken).ConfigureAwait(false);
        await RankAsync(server, cancellationToken).ConfigureAwait(false);
        TimeSpan ranks = Stopwatch.GetElapsedTime(start);
        return [("`init`", init), ("Standalone, to the first ranking by popularity", answers), ("from there to the first ranking by the model", ranks - answers), ("in all", init + ranks)];
    }

    private async Task InitAsync(OwnDataFiles files, CancellationToken cancellationToken)
    {
        string program = Path.Combine(repository, "src", "Cli", "bin", "Release", "net10.0", "DinOrleans.Cli.dll");
        var start = new ProcessStartInfo("dotnet", [program, "init", files.Clicks, files.Items, "--out", _dataset]) { RedirectStandardOutput = true, RedirectStandardError = true };
        ProcessRun run = await ProcessRun.ToEndAsync(start, cancellationToken).ConfigureAwait(false);
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"init ended with code {run.ExitCode}:\n{run.Output}{run.Error}");
        }
    }

    private ServerProcess Serve()
    {
        int port = FreePort.Take(1)[0];
        string[] ports = ["--urls", $"http://127.0.0.1:{port}", $"--Silo:SiloPort={FreePort.Take(1)[0]}", $"--Silo:GatewayPort={FreePort.Take(1)[0]}"];
        string[] arguments = ["--data", Path.Combine(folder, "data"), "--dataset", _dataset, .. ports];
        return ServerProcess.Start("Standalone", StandaloneServer.Program(repository), port, arguments, new Dictionary<string, string>());
    }

    /// <summary>Ranks for a user of the files, whose clicks the model must weigh.</summary>
    private static async Task RankAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        var requests = new RankRequests(new(Candidates, OwnDataFiles.ClicksPerUser), users: 1, OwnDataFiles.Articles);
        using HttpConnection connection = await HttpConnection.OpenAsync(server.Port, cancellationToken).ConfigureAwait(false);
        string answer = Encoding.UTF8.GetString((await connection.SendAsync(requests.Next(), cancellationToken).ConfigureAwait(false)).Span);
        string weighed = string.Create(CultureInfo.InvariantCulture, $"\"historyLength\":{OwnDataFiles.ClicksPerUser},");
        if (!answer.Contains("\"source\":\"model\"", StringComparison.Ordinal) || !answer.Contains(weighed, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The ranking is not by the model and {OwnDataFiles.ClicksPerUser} clicks:\n{answer}");
        }
    }
}
