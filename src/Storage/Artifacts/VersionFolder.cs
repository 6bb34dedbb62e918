using DinOrleans.Model.Artifacts;

namespace DinOrleans.Storage.Artifacts;

/// <summary>What stores require of the folder of a version.</summary>
internal static class VersionFolder
{
    /// <summary>Verifies the finished folder of a version.</summary>
    /// <returns>The version's manifest.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ArtifactException">A file is missing, damaged or not listed. The message names it.</exception>
    public static ArtifactManifest Verify(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder {folder}.");
        }

        ArtifactManifest manifest = ArtifactManifest.Read(folder);
        ArtifactFolder.Verify(folder, manifest, cancellationToken);
        return manifest;
    }

    /// <summary>Requires that a version to be written is the one that the store has.</summary>
    /// <exception cref="ArtifactException">It is another one.</exception>
    public static void RequireSame(ArtifactManifest stored, ArtifactManifest written)
    {
        if (stored.ToJson() != written.ToJson())
        {
            throw new ArtifactException(written.Version, "is in the store already, with another manifest");
        }
    }

    /// <summary>The time of the last change in a folder.</summary>
    public static DateTime ChangedAt(string folder) => Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
        .Select(Directory.GetLastWriteTimeUtc).Append(Directory.GetLastWriteTimeUtc(folder)).Max();
}
