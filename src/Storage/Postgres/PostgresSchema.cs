using Microsoft.Extensions.Logging;

namespace DinOrleans.Storage.Postgres;

/// <summary>Creates the tables of the stores and brings them up to date, before anything else of the process starts.</summary>
/// <remarks>
/// Times are 100 ns ticks since the year 1, because PostgreSQL's timestamps are coarser. Ids compare by code point ("C"), which is the same in
/// every locale.
/// </remarks>
public sealed class PostgresSchema(PostgresDatabase database, ILogger<PostgresSchema> logger) : StoreStart
{
    /// <summary>The part of the program that the tables belong to.</summary>
    internal const string Part = "stores";

    /// <summary>
    /// How many of the steps a program must know to use the tables. A step that an older program cannot work with, such as one that drops a column,
    /// raises it to its own number. Such a step cannot be taken by a rolling upgrade.
    /// </summary>
    internal const int UsableFrom = 8;

    /// <summary>The SQL scripts. The version of a database is the number of scripts that were applied to it.</summary>
    internal static readonly string[] Steps =
    [
        """
        CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id text COLLATE "C" NOT NULL UNIQUE, erased_until bigint);
        CREATE TABLE item_ids (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, item_id text COLLATE "C" NOT NULL UNIQUE);
        CREATE TABLE event_types (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE "C" NOT NULL UNIQUE);
        CREATE SEQUENCE append_groups;
        CREATE TABLE events (
            user_no bigint NOT NULL, time bigint NOT NULL, arrival bigint NOT NULL, item_no bigint NOT NULL, type_no bigint NOT NULL,
            event_id text COLLATE "C" NOT NULL, ranking_id text, context text, PRIMARY KEY (user_no, time, arrival));
        CREATE UNIQUE INDEX events_by_id ON events (user_no, event_id);
        CREATE TABLE item_counts (item_no bigint NOT NULL, type_no bigint NOT NULL, count bigint NOT NULL, PRIMARY KEY (item_no, type_no));
        CREATE TABLE rankings (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_no bigint NOT NULL, time bigint NOT NULL, ranking_id text NOT NULL,
            model_version text, context text, items text NOT NULL, scores bytea NOT NULL);
        CREATE INDEX rankings_by_user ON rankings (user_no, time);
        CREATE INDEX rankings_by_time ON rankings (time);
        CREATE TABLE items (item_id text COLLATE "C" PRIMARY KEY, features text NOT NULL, revision bigint NOT NULL);
        CREATE INDEX items_by_revision ON items (revision);
        CREATE TABLE profiles (user_id text COLLATE "C" PRIMARY KEY, features text NOT NULL);
        CREATE TABLE model_versions (version text COLLATE "C" PRIMARY KEY, info text NOT NULL, published_at bigint NOT NULL);
        CREATE TABLE settings (name text PRIMARY KEY, value text NOT NULL);
        """,

        // A publish that was cut short before targets were stored is taken up again. The target is the newest version, unless it was refused.
        """
        CREATE TABLE model_activation (
            id integer PRIMARY KEY CHECK (id = 1), revision bigint NOT NULL, active text, target text, target_since bigint, retiring text, previous text);
        INSERT INTO model_activation (id, revision, active) SELECT 1, 0, (SELECT value FROM settings WHERE name = 'active_version');
        UPDATE model_activation SET target = (
            SELECT version FROM (SELECT version, info FROM model_versions ORDER BY published_at DESC, version DESC LIMIT 1) AS newest
            WHERE info::json ->> 'RefusedBecause' IS NULL)
        WHERE active IS NULL;
        DELETE FROM settings WHERE name = 'active_version';
        """,

        // Rankings name their user, so that a user without events has no row that stays. Popularity is counted when it is needed, because rows of
        // counts would make the writers of all processes wait for each other.
        """
        DROP TABLE item_counts;
        ALTER TABLE rankings ADD COLUMN user_id text COLLATE "C";
        UPDATE rankings SET user_id = users.user_id FROM users WHERE users.id = rankings.user_no;
        ALTER TABLE rankings ALTER COLUMN user_id SET NOT NULL;
        ALTER TABLE rankings DROP COLUMN user_no;
        CREATE INDEX rankings_by_user ON rankings (user_id, time, id);
        DELETE FROM users WHERE erased_until IS NULL AND NOT EXISTS (SELECT FROM events WHERE user_no = users.id);
        """,

        // An event names the ranking that it follows.
        "CREATE INDEX rankings_by_id ON rankings (user_id, ranking_id);",

        // Which arm of which experiment answered, by what policy and from how many candidates; null for rankings from before.
        """
        ALTER TABLE rankings ADD COLUMN experiment text;
        ALTER TABLE rankings ADD COLUMN arm text;
        ALTER TABLE rankings ADD COLUMN temperature double precision;
        ALTER TABLE rankings ADD COLUMN propensities bytea;
        ALTER TABLE rankings ADD COLUMN candidate_count integer;
        ALTER TABLE rankings ADD COLUMN unshown text;
        ALTER TABLE rankings ADD COLUMN unshown_scores bytea;
        """,

        """
        CREATE TABLE experiments (name text COLLATE "C" PRIMARY KEY, started_at bigint NOT NULL, run text NOT NULL, counts text NOT NULL);
        CREATE TABLE experiment_board (id integer PRIMARY KEY CHECK (id = 1), revision bigint NOT NULL, reports text NOT NULL);
        INSERT INTO experiment_board (id, revision, reports) VALUES (1, 0, '{}');
        """,

        """
        CREATE TABLE trainings (id text COLLATE "C" PRIMARY KEY, info text NOT NULL);
        CREATE TABLE training_revision (id integer PRIMARY KEY CHECK (id = 1), revision bigint NOT NULL);
        INSERT INTO training_revision (id, revision) VALUES (1, 0);
        """,

        """
        CREATE TABLE api_keys (
            id text COLLATE "C" PRIMARY KEY, hash bytea NOT NULL, note text NOT NULL, scopes text NOT NULL, created_at bigint NOT NULL, expires_at bigint,
            last_used_at bigint, revoked_at bigint);
        CREATE TABLE key_revision (id integer PRIMARY KEY CHECK (id = 1), revision bigint NOT NULL);
        INSERT INTO key_revision (id, revision) VALUES (1, 0);
        """,

        // One index finds a ranking of a user by its time and by its id. Every index of rankings costs each logged ranking a page.
        // Ids of events mostly grow with time, so that new ones share a page of an index. In an index by user, each would write a page of its own.
        """
        DROP INDEX rankings_by_id;
        DROP INDEX rankings_by_user;
        CREATE INDEX rankings_by_user ON rankings (user_id, time, id, ranking_id);
        DROP INDEX events_by_id;
        CREATE UNIQUE INDEX events_by_id ON events (event_id, user_no);
        """,

        // Whether an item is available, and when. A removed item keeps its id and the revision of the removal.
        """
        ALTER TABLE items ADD COLUMN state integer NOT NULL DEFAULT 0;
        ALTER TABLE items ADD COLUMN available_from bigint;
        ALTER TABLE items ADD COLUMN available_until bigint;
        """,

        // How many events each item had per day since the year 1. A writer of events does not touch these rows: they are added to every few seconds.
        """
        CREATE TABLE item_days (
            item_no bigint NOT NULL, day integer NOT NULL, type_no bigint NOT NULL, count bigint NOT NULL, PRIMARY KEY (item_no, day, type_no));
        INSERT INTO item_days SELECT item_no, (time / 864000000000)::integer, type_no, count(*) FROM events GROUP BY 1, 2, 3;
        """,
    ];

    /// <inheritdoc cref="PostgresMigration.ApplyAsync"/>
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await PostgresMigration.ApplyAsync(database.Source, Part, Steps, UsableFrom, logger, cancellationToken).ConfigureAwait(false);
    }
}
