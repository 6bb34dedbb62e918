namespace DinOrleans.Storage.Postgres;

/// <summary>What became of one event of an append.</summary>
internal enum AppendOutcome
{
    /// <summary>Its id had been applied before.</summary>
    Duplicate = 0,

    /// <summary>It was applied now.</summary>
    Applied = 1,

    /// <summary>It was dropped because of its user's tombstone.</summary>
    Erased = 2,
}
