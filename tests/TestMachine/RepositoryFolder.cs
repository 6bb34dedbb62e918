namespace DinOrleans.TestMachine;

/// <summary>The folder of the source tree that the tests were built from.</summary>
public static class RepositoryFolder
{
    /// <summary>Full path of the folder with DinOrleans.sln.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests were moved out of the tree.</exception>
    public static string Path { get; } = Find();

    /// <summary>Full path of a file or folder of the tree.</summary>
    /// <param name="relative">Its path from the tree's root, with forward slashes.</param>
    public static string Of(string relative) => System.IO.Path.GetFullPath(relative, Path);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "DinOrleans.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("DinOrleans.sln was not found above the tests.");
    }
}
