using Npgsql;

namespace DinOrleans.TestMachine;

/// <summary>A PostgreSQL server of the tests' own, in a temporary folder, on a port of this machine. It syncs as one in production does.</summary>
public sealed class PostgresServer : IDisposable
{
    private const string User = "dinorleans";

    /// <summary>How long a start, a stop and a command may take. A start after a crash first brings all files of the server to a busy disk.</summary>
    private const string Seconds = "600";

    private readonly PostgresPrograms _programs;
    private readonly string _folder;
    private readonly int _port;
    private readonly List<string> _folders = [];
    private int _databases;

    private PostgresServer(PostgresPrograms programs, string folder, int port)
    {
        _programs = programs;
        _folder = folder;
        _port = port;
    }

    /// <summary>Starts a server.</summary>
    /// <param name="whyNot">The reason why PostgreSQL cannot be started here.</param>
    /// <returns>Null where this machine cannot have one.</returns>
    public static PostgresServer? TryStart(out string whyNot)
    {
        if (PostgresPrograms.Find(out whyNot) is not { } programs)
        {
            return null;
        }

        string folder = PostgresPrograms.MakeFolder();
        programs.Run("initdb", "-D", Path.Combine(folder, "data"), "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        var server = new PostgresServer(programs, folder, FreePort.Take(1)[0]);
        server.Start();
        return server;
    }

    /// <summary>Starts the server again after <see cref="Stop"/>, on the same port; returns when it takes connections.</summary>
    public void Start() => _programs.Run(
        "pg_ctl",
        "start",
        "-w",
        "-t",
        Seconds,
        "-D",
        Path.Combine(_folder, "data"),
        "-l",
        Path.Combine(_folder, "log"),
        "-o",
        $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=300");

    /// <summary>Ends the server as a crash does: connections break, and what was not committed is gone.</summary>
    public void Stop() => _programs.Run("pg_ctl", "stop", "-w", "-t", Seconds, "-m", "immediate", "-D", Path.Combine(_folder, "data"));

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public string CreateDatabase()
    {
        string name = $"test{Interlocked.Increment(ref _databases)}";
        using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        connection.Open();
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}";
        command.ExecuteNonQuery();
        return ConnectionString(name);
    }

    /// <summary>True where <c>pg_dump</c> and <c>pg_restore</c> are installed beside the server.</summary>
    public bool CanDump => _programs.Has("pg_dump") && _programs.Has("pg_restore");

    /// <summary>Runs a program of the server's clients to its end, with the address and user of this server.</summary>
    /// <param name="program">The program, such as <c>pg_dump</c>.</param>
    /// <param name="arguments">Its other arguments. A file must be in a folder of <see cref="MakeFolder"/>.</param>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public void RunClient(string program, params IEnumerable<string> arguments) => _programs.Run(
        program, ["--host=127.0.0.1", $"--port={_port}", $"--username={User}", .. arguments]);

    /// <summary>Makes a folder that the programs of the server may write to. It is removed with the server.</summary>
    public string MakeFolder()
    {
        string folder = PostgresPrograms.MakeFolder();
        _folders.Add(folder);
        return folder;
    }

    /// <summary>Bytes of its folder: databases, write-ahead log and all.</summary>
    public long SizeOnDisk => new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        foreach (string folder in _folders.Append(_folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>With more time for connections and commands than the stores ask for: on a busy machine many of them wait for each other's commits.</summary>
    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={_port};Username={User};Timeout=120;Command Timeout={Seconds};Database={database}";
}
