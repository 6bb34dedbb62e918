using System.Net.Sockets;
using Npgsql;

namespace DinOrleans.Storage.Postgres;

/// <summary>Tells what an error of the shared database means.</summary>
internal static class PostgresFault
{
    /// <summary>The SQLSTATE of a server that takes only reads, such as one whose place another has taken.</summary>
    private const string ReadOnlyTransaction = "25006";

    /// <summary>
    /// The SQLSTATE classes of errors that may pass: connection, transaction rolled back (by a deadlock, for example), insufficient resources,
    /// object not in the required state, operator intervention (such as a shutdown), and system error (such as that of a disk).
    /// https://www.postgresql.org/docs/current/errcodes-appendix.html
    /// </summary>
    private static readonly string[] TemporaryClasses = ["08", "40", "53", "55", "57", "58"];

    /// <summary>True where the same call may succeed later: the server is away or short of something, or it preferred another transaction.</summary>
    public static bool IsTemporary(Exception error) => error switch
    {
        PostgresException e => e.SqlState == ReadOnlyTransaction || TemporaryClasses.Any(c => e.SqlState.StartsWith(c, StringComparison.Ordinal)),
        NpgsqlException or SocketException or IOException or TimeoutException or ObjectDisposedException => true,
        _ => false,
    };
}
