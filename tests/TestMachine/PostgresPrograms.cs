using System.Diagnostics;

namespace DinOrleans.TestMachine;

/// <summary>The programs of an installed PostgreSQL, run as a user that it accepts: it refuses root.</summary>
internal sealed class PostgresPrograms
{
    private const string Unprivileged = "nobody";

    private readonly string _folder;

    private PostgresPrograms(string folder) => _folder = folder;

    /// <summary>Finds an installation.</summary>
    public static PostgresPrograms? Find(out string whyNot)
    {
        IEnumerable<string> path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        const string debian = "/usr/lib/postgresql";
        IEnumerable<string> packaged = Directory.Exists(debian) ? Directory.GetDirectories(debian).Select(version => Path.Combine(version, "bin")) : [];
        string? folder = path.Concat(packaged).FirstOrDefault(f => File.Exists(Path.Combine(f, "initdb")) && File.Exists(Path.Combine(f, "pg_ctl")));
        whyNot = folder is null ? "PostgreSQL is not installed on this machine." : "";
        return folder is null ? null : new(Installed(Path.Combine(folder, "initdb")));
    }

    /// <summary>A temporary folder that the programs may write to.</summary>
    public static string MakeFolder()
    {
        string folder = Directory.CreateTempSubdirectory("postgres-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            Start("chown", [Unprivileged, folder]);
        }

        return folder;
    }

    /// <summary>True where a program is part of the installation.</summary>
    public bool Has(string program) => File.Exists(Path.Combine(_folder, program));

    /// <summary>Runs one of the programs to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public void Run(string program, params IEnumerable<string> arguments)
    {
        string path = Path.Combine(_folder, program);
        if (Environment.IsPrivilegedProcess)
        {
            Start("setpriv", [$"--reuid={Unprivileged}", "--regid=nogroup", "--clear-groups", path, .. arguments]);
        }
        else
        {
            Start(path, arguments);
        }
    }

    /// <summary>The folder of an installation, where the other programs are beside one that may be a link to it.</summary>
    private static string Installed(string program) => Path.GetDirectoryName(File.ResolveLinkTarget(program, returnFinalTarget: true)?.FullName ?? program)!;

    private static void Start(string program, IEnumerable<string> arguments)
    {
        // The server outlives pg_ctl and would keep a redirected output open: a file takes it, and is read where the program failed.
        string output = Path.GetTempFileName();
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" > " + output + " 2>&1 < /dev/null", "sh", program, .. arguments])
        {
            WorkingDirectory = "/",
        };
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        string text = File.ReadAllText(output);
        File.Delete(output);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with code {process.ExitCode}: {text}");
        }
    }
}
