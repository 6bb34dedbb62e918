namespace DinOrleans.Cli.Erasures;

/// <summary>Erasures that were exported.</summary>
/// <param name="File">The file.</param>
/// <param name="Users">The number of erased users.</param>
internal sealed record ExportedErasures(string File, int Users);

/// <summary>Erasures that were applied.</summary>
/// <param name="Erased">The number of users who had to be erased again.</param>
/// <param name="Known">The number of users whose erasure is known.</param>
internal sealed record AppliedErasures(int Erased, int Known);
