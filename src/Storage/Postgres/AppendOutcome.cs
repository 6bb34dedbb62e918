namespace DinOrleans.Storage.Postgres;

/// <summary>The outcome of one event of an append.</summary>
internal enum AppendOutcome
{
    /// <summary>The id of the event had been applied before.</summary>
    Duplicate = 0,

    /// <summary>The event was applied now.</summary>
    Applied = 1,

    /// <summary>The event was dropped because of its user's tombstone.</summary>
    Erased = 2,
}
