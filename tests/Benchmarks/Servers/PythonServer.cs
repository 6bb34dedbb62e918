using System.Globalization;
using DinOrleans.TestMachine;

namespace DinOrleans.Benchmarks.Servers;

/// <summary>The second plain server: FastAPI and PyTorch, one process per core and one plain DIN per request.</summary>
/// <param name="source">The folder of its program.</param>
internal sealed class PythonServer(string source) : IContestant
{
    private const string Interpreter = "/usr/bin/python3";
    private const int Workers = 2;
    private static readonly string[] Modules = ["fastapi", "uvicorn", "numpy", "torch"];

    /// <inheritdoc/>
    public string Name => "python";

    /// <summary>The folder of its program in ../shared.</summary>
    /// <param name="repository">The folder of DinOrleans.sln.</param>
    public static string Folder(string repository) => Path.GetFullPath(Path.Combine(repository, "..", "shared", "peers", "python-fastapi"));

    /// <summary>Says what is missing to run it. Null where nothing is.</summary>
    /// <param name="repository">The folder of DinOrleans.sln.</param>
    public static string? WhyNot(string repository) => Directory.Exists(Folder(repository))
        ? PythonModules.WhyNot(Interpreter, Modules)
        : $"The program of the Python server is missing: {Folder(repository)} is not there.";

    /// <inheritdoc/>
    public Task BuildAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public ServerProcess Start(RankShape shape)
    {
        int port = FreePort.Take(1)[0];
        string[] arguments =
        [
            // PyTorch chooses the kernels of OpenBLAS by itself, and each process has one core.
            "-u", "OPENBLAS_CORETYPE", "-u", "OPENBLAS_L2_SIZE", "OPENBLAS_NUM_THREADS=1",
            Interpreter, "-m", "uvicorn", "server:app", "--app-dir", source, "--host", "127.0.0.1", "--port", Text(port),
            "--workers", Text(Workers), "--log-level", "warning",
        ];
        return ServerProcess.Start(Name, "/usr/bin/env", port, arguments, new Dictionary<string, string> { ["HISTORY"] = Text(shape.History) });
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
