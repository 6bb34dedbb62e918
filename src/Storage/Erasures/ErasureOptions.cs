namespace DinOrleans.Storage.Erasures;

/// <summary>Where erasures are recorded besides the database.</summary>
public sealed class ErasureOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Erasures";

    /// <summary>
    /// The folder of the erasure journal. Every erasure is written there before it is applied, and every start applies what the database lacks, so
    /// that an older database that is put back does not bring erased users back. Silos may share the folder. Put it on another disk than the data
    /// folder, so that it outlives that one. Null, the default, stands for the folder "erasures" of the data folder.
    /// </summary>
    public string? Folder { get; set; }
}
