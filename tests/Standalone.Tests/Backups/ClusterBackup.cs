using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;
using Npgsql;

namespace DinOrleans.Standalone.Tests.Backups;

/// <summary>A backup of a cluster on PostgreSQL, which is made and restored by the lines of docs/operation.md while the cluster runs.</summary>
internal sealed class ClusterBackup
{
    private readonly PostgresServer _server;
    private readonly string _dump;

    private ClusterBackup(PostgresServer server, string folder)
    {
        _server = server;
        _dump = Path.Combine(folder, "dinorleans.dump");
        Data = Path.Combine(folder, "data");
    }

    /// <summary>The data folder for the silos of the restored cluster. It has the versions.</summary>
    public string Data { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Makes a backup.</summary>
    /// <param name="server">The server, which must have the programs for it.</param>
    /// <param name="database">The cluster's database.</param>
    /// <param name="data">The data folder of its silos.</param>
    public static ClusterBackup Make(PostgresServer server, string database, string data)
    {
        var backup = new ClusterBackup(server, server.MakeFolder());
        server.RunClient("pg_dump", "--format=custom", "--exclude-table-data=cluster_silos", "--exclude-table-data=cluster_versions", "--file=" + backup._dump, NameOf(database));
        CopyFolder(Path.Combine(data, "versions"), Path.Combine(backup.Data, "versions"));
        return backup;
    }

    /// <summary>Restores it into a database of its own.</summary>
    /// <param name="erasures">The erasure journal of the cluster that was backed up.</param>
    /// <returns>The connection string of the database, and what was said of the erasures.</returns>
    public async Task<(string Database, string Erasures)> RestoreAsync(string erasures)
    {
        string database = _server.CreateDatabase();
        _server.RunClient("pg_restore", "--no-owner", "--exit-on-error", "--dbname=" + NameOf(database), _dump);
        _server.RunClient("vacuumdb", "--analyze-only", NameOf(database));
        string told = (await Commands.RunAsync("Cli", Cancellation, "erasures", "apply", erasures, "--store", database)).Succeeded();
        Assert.Contains("Nothing is wrong.", (await Commands.RunAsync("Cli", Cancellation, "doctor", Data, "--postgres", database)).Succeeded(), StringComparison.Ordinal);
        return (database, told);
    }

    private static string NameOf(string database) => new NpgsqlConnectionStringBuilder(database).Database!;

    private static void CopyFolder(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
