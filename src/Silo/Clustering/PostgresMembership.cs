using DinOrleans.Storage.Postgres;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Silo.Clustering;

/// <summary>
/// Creates, before the silo starts, the table by which silos find each other, and the statements on it that Orleans' ADO.NET clustering looks
/// up by key in <c>OrleansQuery</c> and calls with the parameters named there.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/dotnet/orleans/implementation/cluster-management says what a membership provider must do. One statement changes
/// both a silo's row and the version, which shows whether the writer had seen every earlier change. So both are changed, or neither.
/// </remarks>
internal sealed class PostgresMembership(PostgresDatabase database, ILogger<PostgresMembership> logger) : IHostedLifecycleService
{
    private const string Tables =
        """
        CREATE TABLE cluster_versions (cluster_id text PRIMARY KEY, version integer NOT NULL);
        CREATE TABLE cluster_silos (
            cluster_id text NOT NULL, address text NOT NULL, port integer NOT NULL, generation integer NOT NULL, silo_name text NOT NULL,
            host_name text NOT NULL, status integer NOT NULL, proxy_port integer, suspect_times text, start_time timestamptz NOT NULL,
            i_am_alive_time timestamptz NOT NULL, PRIMARY KEY (cluster_id, address, port, generation));
        CREATE TABLE OrleansQuery (QueryKey text PRIMARY KEY, QueryText text NOT NULL);
        """;

    private const string ThisSilo = "cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation";

    private const string Silos =
        """
        SELECT s.address AS "Address", s.port AS "Port", s.generation AS "Generation", s.silo_name AS "SiloName", s.host_name AS "HostName", s.status AS "Status",
            s.proxy_port AS "ProxyPort", s.suspect_times AS "SuspectTimes", s.start_time AS "StartTime", s.i_am_alive_time AS "IAmAliveTime", v.version AS "Version"
        FROM cluster_versions v LEFT JOIN cluster_silos s ON s.cluster_id = v.cluster_id
        """;

    /// <summary>Selects silos whose <c>SiloStatus</c> is Dead.</summary>
    private const string Dead = "status = 6";

    private static readonly (string Key, string Text)[] Queries =
    [
        ("InsertMembershipVersionKey", "WITH made AS (INSERT INTO cluster_versions VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1) SELECT count(*) > 0 FROM made"),
        ("InsertMembershipKey",
            $"""
            WITH turned AS (
                UPDATE cluster_versions SET version = version + 1
                WHERE cluster_id = @DeploymentId AND version = @Version AND NOT EXISTS (SELECT FROM cluster_silos WHERE {ThisSilo}) RETURNING 1),
            made AS (
                INSERT INTO cluster_silos
                SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, NULL, @StartTime, @IAmAliveTime FROM turned RETURNING 1)
            SELECT count(*) > 0 FROM made
            """),
        ("UpdateMembershipKey",
            $"""
            WITH turned AS (
                UPDATE cluster_versions SET version = version + 1
                WHERE cluster_id = @DeploymentId AND version = @Version AND EXISTS (SELECT FROM cluster_silos WHERE {ThisSilo}) RETURNING 1),
            made AS (
                UPDATE cluster_silos SET status = @Status, suspect_times = @SuspectTimes, i_am_alive_time = @IAmAliveTime FROM turned WHERE {ThisSilo} RETURNING 1)
            SELECT count(*) > 0 FROM made
            """),
        ("UpdateIAmAlivetimeKey", $"UPDATE cluster_silos SET i_am_alive_time = @IAmAliveTime WHERE {ThisSilo}"),
        ("MembershipReadAllKey", $"{Silos} WHERE v.cluster_id = @DeploymentId"),
        ("MembershipReadRowKey", $"{Silos} AND s.address = @Address AND s.port = @Port AND s.generation = @Generation WHERE v.cluster_id = @DeploymentId"),
        ("GatewaysQueryKey",
            """
            SELECT address AS "Address", proxy_port AS "ProxyPort", generation AS "Generation" FROM cluster_silos
            WHERE cluster_id = @DeploymentId AND status = @Status AND proxy_port > 0
            """),
        ("DeleteMembershipTableEntriesKey", "WITH silos AS (DELETE FROM cluster_silos WHERE cluster_id = @DeploymentId) DELETE FROM cluster_versions WHERE cluster_id = @DeploymentId"),
        ("CleanupDefunctSiloEntriesKey",
            $"DELETE FROM cluster_silos WHERE cluster_id = @DeploymentId AND {Dead} AND i_am_alive_time < @IAmAliveTime AND start_time < @IAmAliveTime AND coalesce(suspect_times, '') = ''"),
        ("CleanupDefunctSiloEntryKey",
            $"""
            DELETE FROM cluster_silos WHERE {ThisSilo} AND {Dead} AND i_am_alive_time = @IAmAliveTime AND start_time = @StartTime
                AND coalesce(suspect_times, '') = coalesce(@SuspectTimes, '')
            """),
    ];

    private static readonly string[] Steps =
    [
        Tables + string.Concat(Queries.Select(q => $"INSERT INTO OrleansQuery VALUES ('{q.Key}', '{q.Text.Replace("'", "''", StringComparison.Ordinal)}');\n")),
    ];

    /// <inheritdoc cref="PostgresMigration.ApplyAsync"/>
    public Task StartingAsync(CancellationToken cancellationToken) =>
        PostgresMigration.ApplyAsync(database.Source, "clustering", Steps, Steps.Length, logger, cancellationToken);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
