namespace DinOrleans.Cli.Backups;

/// <summary>A backup that was made.</summary>
/// <param name="Folder">The folder of the backup.</param>
/// <param name="TakenAt">The backup has every event that was acknowledged up to this time.</param>
/// <param name="Events">The number of events.</param>
/// <param name="Users">The number of users.</param>
/// <param name="Versions">The number of model versions.</param>
/// <param name="Bytes">The bytes of all files.</param>
/// <param name="LeftOut">The versions that the registry names and that the backup lacks, each with the reason.</param>
internal sealed record MadeBackup(string Folder, DateTimeOffset TakenAt, long Events, long Users, int Versions, long Bytes, IReadOnlyList<string> LeftOut)
{
    public static MadeBackup Create(string folder, BackupManifest backup) =>
        new(folder, backup.TakenAt, backup.Events, backup.Users, backup.Versions(), backup.Bytes(), backup.LeftOut);
}

/// <summary>A data folder that was made of a backup.</summary>
/// <param name="Folder">The data folder.</param>
/// <param name="TakenAt">The time of the backup.</param>
/// <param name="Events">The number of events of the backup.</param>
/// <param name="Users">The number of users of the backup.</param>
/// <param name="Versions">The number of model versions.</param>
/// <param name="ErasedUsers">The number of users who had been erased since, and were erased again.</param>
/// <param name="Warnings">What is not as it was.</param>
internal sealed record RestoredFolder(string Folder, DateTimeOffset TakenAt, long Events, long Users, int Versions, int ErasedUsers, IReadOnlyList<string> Warnings);
