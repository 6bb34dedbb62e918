namespace DinOrleans.Benchmarks.Servers;

/// <summary>The folder of this source tree.</summary>
internal static class Repository
{
    /// <summary>The folder of DinOrleans.sln above the running program.</summary>
    /// <exception cref="DirectoryNotFoundException">The program was taken out of the tree.</exception>
    public static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DinOrleans.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("DinOrleans.sln was not found above the benchmarks.");
    }
}
