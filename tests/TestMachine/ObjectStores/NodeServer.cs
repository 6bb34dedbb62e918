using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DinOrleans.TestMachine.ObjectStores;

/// <summary>A server of <c>tests/Servers</c> that runs on Node, on a port of this machine, with a folder of its own.</summary>
internal sealed class NodeServer : IDisposable
{
    private const string Packages = "tests/Servers";

    private readonly Process _process;

    private NodeServer(Process process, string folder, int port)
    {
        _process = process;
        Folder = folder;
        Port = port;
    }

    /// <summary>Where the server keeps its data.</summary>
    public string Folder { get; }

    public int Port { get; }

    /// <summary>Starts a server, and returns when it takes connections.</summary>
    /// <param name="script">The program's path among the installed packages.</param>
    /// <param name="arguments">Its arguments, by the folder and the port.</param>
    /// <param name="environment">Further environment variables.</param>
    /// <param name="whyNot">The reason why the server cannot be started here.</param>
    /// <returns>Null where this machine cannot have one.</returns>
    public static NodeServer? TryStart(
        string script, Func<string, int, IEnumerable<string>> arguments, IReadOnlyDictionary<string, string> environment, out string whyNot)
    {
        string? node = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(p => Path.Combine(p, "node")).FirstOrDefault(File.Exists);
        string program = RepositoryFolder.Of($"{Packages}/node_modules/{script}");
        whyNot = node is null ? "Node is not on the path."
            : File.Exists(program) ? ""
            : $"{script.Split('/')[0]} is not installed. Run: npm ci --ignore-scripts --prefix {Packages}";
        return whyNot.Length == 0 ? Start(node!, program, arguments, environment) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static NodeServer Start(string node, string program, Func<string, int, IEnumerable<string>> arguments, IReadOnlyDictionary<string, string> environment)
    {
        string folder = Directory.CreateTempSubdirectory("object-store-").FullName;
        int port = FreePort.Take(1)[0];
        var start = new ProcessStartInfo(node, [program, .. arguments(folder, port)]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        var output = new System.Text.StringBuilder();
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new NodeServer(process, folder, port);
        Eventually.BecomesAsync($"{program} listens", () => process.HasExited ? throw new InvalidOperationException($"{program} ended: {output}") : IsListening(port), listens => listens)
            .GetAwaiter().GetResult();
        return server;

        void Add(string? line)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }

    private static bool IsListening(int port)
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
