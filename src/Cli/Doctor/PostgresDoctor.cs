using System.Globalization;
using DinOrleans.Model.Validation;
using DinOrleans.Storage.Postgres;

namespace DinOrleans.Cli.Doctor;

/// <summary>Looks at the database of a cluster.</summary>
/// <param name="connectionString">The Npgsql connection string.</param>
/// <param name="time">The clock.</param>
/// <param name="findings">Takes what is found.</param>
internal sealed class PostgresDoctor(string connectionString, TimeProvider time, Findings findings)
{
    private const string Subject = "postgres";
    private const double MostConnections = 0.9;

    /// <summary>Silos say that they are alive every few seconds, and at least every 100 s.</summary>
    private static readonly TimeSpan Silent = TimeSpan.FromMinutes(2);

    /// <summary>Looks at the database.</summary>
    /// <returns>What it holds; null where that cannot be read.</returns>
    /// <exception cref="InvalidContentException">The connection string cannot be read.</exception>
    public async Task<PostgresState?> LookAsync(CancellationToken cancellationToken)
    {
        PostgresState state;
        try
        {
            state = await PostgresInspection.ReadAsync(connectionString, time, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            // A connection string may hold a password, so that neither it nor the reason is repeated.
            throw new InvalidContentException("--postgres must be a PostgreSQL connection string with a host, such as \"Host=db;Username=dinorleans;Database=dinorleans\".", e);
        }
        catch (IOException e)
        {
            findings.Problem(Subject, e.Message, "See whether the server runs, and whether its address, user and password are right.");
            return null;
        }

        LookAtServer(state);
        LookAtTables(state);
        LookAtSilos(state.Silos ?? []);
        return state;
    }

    private void LookAtServer(PostgresState state)
    {
        if (!state.KeepsCommits)
        {
            findings.Problem(Subject, "fsync, full_page_writes or synchronous_commit is off.", "Set all of them to on: otherwise acknowledged events are lost where the machine loses power.");
        }

        if (state.IsReplica)
        {
            findings.Problem(Subject, "The server only follows another one and takes no writes.", "Name the primary server, or promote this one.");
        }

        if (state.Connections > MostConnections * state.MaxConnections)
        {
            findings.Problem(
                Subject, $"{state.Connections} of {state.MaxConnections} connections are in use.", "Raise max_connections, or give the silos a smaller \"Maximum Pool Size\": calls wait for a free connection.");
        }

        TimeSpan ahead = ClockRule.Ahead(state.ServerTime, state.ServerTime, state.Asked, state.Answered);
        if (ahead.Duration() > ClockRule.Most)
        {
            findings.Problem(Subject, ClockRule.Text(ahead), ClockRule.Advice);
        }
    }

    private void LookAtTables(PostgresState state)
    {
        int known = PostgresInspection.CurrentSchema;
        if (state.Schema is not { } schema)
        {
            findings.Problem(Subject, "The database has no tables of the stores, so it is not the database of a cluster.", "Name the database of the cluster. The first silo that starts makes the tables.");
        }
        else if (schema > known)
        {
            findings.Problem(Subject, $"The database has version {schema} of the tables of the stores, but this program knows up to {known}.", "Use the program that made them, or a newer one.");
        }
        else if (schema < known)
        {
            findings.Note(Subject, $"The database has version {schema} of the tables of the stores, this program makes {known}.", "The next start of a silo of this version brings them up to date. Make a dump before.");
        }
    }

    private void LookAtSilos(IReadOnlyList<ListedSilo> silos)
    {
        foreach (ListedSilo silo in silos.Where(s => s.IsActive && s.Silence > Silent))
        {
            findings.Problem(
                $"silo {silo.Address}", $"It is listed as active, but has said nothing for {silo.Silence.TotalMinutes.ToString("N0", CultureInfo.InvariantCulture)} minutes.",
                "See whether its process runs. If it does not, the other silos, or the next one that starts, take it off the list.");
        }

        foreach (ListedSilo silo in silos.Where(s => s.IsActive && -s.Silence > ClockRule.Most))
        {
            findings.Problem($"silo {silo.Address}", ClockRule.Text(-silo.Silence), ClockRule.Advice);
        }

        if (!silos.Any(s => s.IsActive && s.Silence <= Silent))
        {
            findings.Note(Subject, "No silo uses the database.", "");
        }
    }
}
