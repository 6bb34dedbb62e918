namespace DinOrleans.Standalone.Tests;

/// <summary>Real datasets beside the project; a test that needs one skips where it is missing.</summary>
internal static class SharedData
{
    /// <summary>The folder of a dataset.</summary>
    public static string Require(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DinOrleans.sln")))
        {
            folder = folder.Parent;
        }

        string path = Path.Combine(folder?.Parent?.FullName ?? "", "shared", "data", name);
        Assert.SkipUnless(Directory.Exists(path), $"../shared/data/{name} is not here.");
        return path;
    }
}
