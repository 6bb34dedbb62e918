using System.Net.Sockets;
using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>What an error of the shared database means.</summary>
internal static class PostgresFault
{
    /// <summary>SQLSTATE of a server that takes reads only, as one does that another has taken over from.</summary>
    private const string ReadOnlyTransaction = "25006";

    /// <summary>
    /// SQLSTATE classes: connection, transaction rolled back (as by a deadlock), insufficient resources, object not in the required state,
    /// operator intervention (as a shutdown), system error (as of a disk).
    /// https://www.postgresql.org/docs/current/errcodes-appendix.html
    /// </summary>
    private static readonly string[] TemporaryClasses = ["08", "40", "53", "55", "57", "58"];

    /// <summary>True where the same call may succeed later: the server is away, is short of something, or took another's side.</summary>
    public static bool IsTemporary(Exception error) => error switch
    {
        PostgresException e => e.SqlState == ReadOnlyTransaction || TemporaryClasses.Any(c => e.SqlState.StartsWith(c, StringComparison.Ordinal)),
        NpgsqlException or SocketException or IOException or TimeoutException or ObjectDisposedException => true,
        _ => false,
    };
}
