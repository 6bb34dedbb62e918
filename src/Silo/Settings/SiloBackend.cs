namespace DinOrleans.Silo.Settings;

/// <summary>Where a silo keeps its data and finds the others.</summary>
public enum SiloBackend
{
    /// <summary>SQLite in the data folder holds the data of one silo on this machine.</summary>
    Embedded,

    /// <summary>PostgreSQL holds the data of a cluster, and the table by which its silos find each other.</summary>
    PostgreSql,
}
