namespace DinOrleans.Model.Artifacts;

/// <summary>Verifies that a version's folder holds the files of its manifest, as they were written, and nothing else.</summary>
internal static class ArtifactFolder
{
    /// <summary>How many levels of folders are searched. A version has one level.</summary>
    private const int Depth = 4;

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = Depth,
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
    };

    /// <exception cref="ArtifactException">A file is missing, damaged, may not be read, or is not listed.</exception>
    public static void Verify(string folder, ArtifactManifest manifest, CancellationToken cancellationToken)
    {
        RefuseUnlisted(folder, manifest);
        foreach ((string name, ArtifactFile file) in manifest.Files)
        {
            ArtifactFiles.Verify(folder, name, file, cancellationToken);
        }
    }

    /// <summary>Refuses files without a digest, because they might be used: a graph can read its weights from files beside it.</summary>
    private static void RefuseUnlisted(string folder, ArtifactManifest manifest)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*", Everything))
        {
            string name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (name != ArtifactFiles.Manifest && !manifest.Files.ContainsKey(name))
            {
                throw new ArtifactException(ArtifactFiles.Manifest, $"does not list \"{name}\", which lies in the folder");
            }
        }
    }
}
