using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <summary>Creates the tables of the embedded database and brings them up to date, step by step. The version is <c>user_version</c>.</summary>
internal static class SqliteSchema
{
    /// <summary>The SQL scripts. The version of a database is the number of scripts that were applied to it.</summary>
    internal static readonly string[] Steps =
    [
        """
        CREATE TABLE users (id INTEGER PRIMARY KEY, user_id TEXT NOT NULL UNIQUE, erased_until INTEGER);
        CREATE TABLE item_ids (id INTEGER PRIMARY KEY, item_id TEXT NOT NULL UNIQUE);
        CREATE TABLE event_types (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE events (
            user INTEGER NOT NULL, time INTEGER NOT NULL, arrival INTEGER NOT NULL, event_id TEXT NOT NULL, item INTEGER NOT NULL,
            type INTEGER NOT NULL, ranking_id TEXT, context TEXT, PRIMARY KEY (user, time, arrival)) WITHOUT ROWID;
        CREATE UNIQUE INDEX events_by_id ON events (user, event_id);
        CREATE TABLE item_counts (item INTEGER NOT NULL, type INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (item, type)) WITHOUT ROWID;
        CREATE TABLE items (item_id TEXT PRIMARY KEY, features TEXT NOT NULL, revision INTEGER NOT NULL);
        CREATE INDEX items_by_revision ON items (revision);
        CREATE TABLE profiles (user_id TEXT PRIMARY KEY, features TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE model_versions (version TEXT PRIMARY KEY, info TEXT NOT NULL, published_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        """,
        """
        CREATE TABLE rankings (
            id INTEGER PRIMARY KEY, user INTEGER NOT NULL, time INTEGER NOT NULL, ranking_id TEXT NOT NULL, model_version TEXT, context TEXT,
            items TEXT NOT NULL, scores BLOB NOT NULL);
        CREATE INDEX rankings_by_user ON rankings (user, time);
        CREATE INDEX rankings_by_time ON rankings (time);
        """,

        // A publish that was cut short before targets were stored is taken up again. The target is the newest version, unless it was refused.
        """
        CREATE TABLE model_activation (
            id INTEGER PRIMARY KEY CHECK (id = 1), revision INTEGER NOT NULL, active TEXT, target TEXT, target_since INTEGER, retiring TEXT, previous TEXT);
        INSERT INTO model_activation (id, revision, active) SELECT 1, 0, (SELECT value FROM settings WHERE name = 'active_version');
        UPDATE model_activation SET target = (
            SELECT version FROM (SELECT version, info FROM model_versions ORDER BY published_at DESC, version DESC LIMIT 1)
            WHERE json_extract(info, '$.RefusedBecause') IS NULL)
        WHERE active IS NULL;
        DELETE FROM settings WHERE name = 'active_version';
        """,

        // Rankings name their user, so that a user without events has no row that stays. Popularity is counted when it is needed.
        // The first compaction overwrites rows that were deleted before deletion did so.
        """
        INSERT INTO settings (name, value) VALUES ('compact', '');
        INSERT INTO settings (name, value) SELECT 'arrivals', coalesce(max(arrival), 0) FROM events;
        DROP TABLE item_counts;
        CREATE TABLE rankings_of_users (
            id INTEGER PRIMARY KEY, user_id TEXT NOT NULL, time INTEGER NOT NULL, ranking_id TEXT NOT NULL, model_version TEXT, context TEXT,
            items TEXT NOT NULL, scores BLOB NOT NULL);
        INSERT INTO rankings_of_users SELECT r.id, u.user_id, r.time, r.ranking_id, r.model_version, r.context, r.items, r.scores
            FROM rankings r JOIN users u ON u.id = r.user;
        DROP TABLE rankings;
        ALTER TABLE rankings_of_users RENAME TO rankings;
        CREATE INDEX rankings_by_user ON rankings (user_id, time);
        CREATE INDEX rankings_by_time ON rankings (time);
        DELETE FROM users WHERE erased_until IS NULL AND NOT EXISTS (SELECT 1 FROM events WHERE user = users.id);
        """,

        // An event names the ranking that it follows.
        "CREATE INDEX rankings_by_id ON rankings (user_id, ranking_id);",

        // Which arm of which experiment answered, by what policy and from how many candidates; null for rankings from before.
        """
        ALTER TABLE rankings ADD COLUMN experiment TEXT;
        ALTER TABLE rankings ADD COLUMN arm TEXT;
        ALTER TABLE rankings ADD COLUMN temperature REAL;
        ALTER TABLE rankings ADD COLUMN propensities BLOB;
        ALTER TABLE rankings ADD COLUMN candidate_count INTEGER;
        ALTER TABLE rankings ADD COLUMN unshown TEXT;
        ALTER TABLE rankings ADD COLUMN unshown_scores BLOB;
        """,

        """
        CREATE TABLE experiments (name TEXT PRIMARY KEY, started_at INTEGER NOT NULL, run TEXT NOT NULL, counts TEXT NOT NULL);
        CREATE TABLE experiment_board (id INTEGER PRIMARY KEY CHECK (id = 1), revision INTEGER NOT NULL, reports TEXT NOT NULL);
        INSERT INTO experiment_board (id, revision, reports) VALUES (1, 0, '{}');
        """,

        """
        CREATE TABLE trainings (id TEXT PRIMARY KEY, info TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE training_revision (id INTEGER PRIMARY KEY CHECK (id = 1), revision INTEGER NOT NULL);
        INSERT INTO training_revision (id, revision) VALUES (1, 0);
        """,

        """
        CREATE TABLE api_keys (
            id TEXT PRIMARY KEY, hash BLOB NOT NULL, note TEXT NOT NULL, scopes TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER,
            last_used_at INTEGER, revoked_at INTEGER) WITHOUT ROWID;
        CREATE TABLE key_revision (id INTEGER PRIMARY KEY CHECK (id = 1), revision INTEGER NOT NULL);
        INSERT INTO key_revision (id, revision) VALUES (1, 0);
        """,

        // One index finds a ranking of a user by its time and by its id. An index of its own for the ids doubled the cost of a logged ranking.
        // Ids of events mostly grow with time, so that new ones share a page of an index. In an index by user, each would write a page of its own.
        """
        DROP INDEX rankings_by_id;
        DROP INDEX rankings_by_user;
        CREATE INDEX rankings_by_user ON rankings (user_id, time, id, ranking_id);
        DROP INDEX events_by_id;
        CREATE UNIQUE INDEX events_by_id ON events (event_id, user);
        """,

        // Whether an item is available, and when. A removed item keeps its id and the revision of the removal.
        """
        ALTER TABLE items ADD COLUMN state INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE items ADD COLUMN available_from INTEGER;
        ALTER TABLE items ADD COLUMN available_until INTEGER;
        """,

        // How many events each item had per day since the year 1. A writer of events does not touch these rows: they are added to every few seconds.
        """
        CREATE TABLE item_days (
            item INTEGER NOT NULL, day INTEGER NOT NULL, type INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (item, day, type)) WITHOUT ROWID;
        INSERT INTO item_days SELECT item, time / 864000000000, type, count(*) FROM events GROUP BY 1, 2, 3;
        """,
    ];

    /// <summary>Applies the steps that the database does not have yet, all or none.</summary>
    /// <exception cref="InvalidDataException">The database was made by a newer program.</exception>
    public static void Migrate(SqliteConnection connection, string path) => Migrate(connection, path, Steps);

    /// <inheritdoc cref="Migrate(SqliteConnection, string)"/>
    internal static void Migrate(SqliteConnection connection, string path, ReadOnlySpan<string> steps)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA user_version";
        long version = (long)command.ExecuteScalar()!;
        if (version > steps.Length)
        {
            throw new InvalidDataException($"{path} has schema version {version}, but this program knows up to {steps.Length}. Use the program that made it, or a newer one.");
        }

        for (long step = version; step < steps.Length; step++)
        {
            command.CommandText = steps[(int)step];
            command.ExecuteNonQuery();
            command.CommandText = $"PRAGMA user_version = {step + 1}";
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>Throws if the tables are not those that this program knows.</summary>
    /// <exception cref="InvalidDataException">The database was made by an older or a newer program.</exception>
    public static void RequireCurrent(SqliteConnection connection, string path)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        long version = (long)command.ExecuteScalar()!;
        if (version != Steps.Length)
        {
            throw new InvalidDataException(
                $"{path} has schema version {version}, but this program reads {Steps.Length}. Use a program of the server's version; a server brings an older database up to date at its start.");
        }
    }

    /// <summary>Reads the first page of each table, so that the start finds a file whose tables are not where it says.</summary>
    /// <exception cref="SqliteException">The file is damaged.</exception>
    public static void TouchTables(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_schema WHERE type = 'table'";
        foreach (string table in command.ReadRows(row => row.GetString(0)))
        {
            command.CommandText = $"SELECT 1 FROM \"{table}\" LIMIT 1";
            command.ExecuteScalar();
        }
    }
}
