using Xunit;

namespace DinOrleans.TestMachine;

/// <summary>Real behaviour logs beside the repository; tests of them skip where they are missing.</summary>
public static class SharedData
{
    /// <summary>The path of a file or folder in the shared data; skips the test where there is none.</summary>
    /// <param name="name">Its path below <c>../shared/data</c>.</param>
    public static string Require(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DinOrleans.sln")))
        {
            folder = folder.Parent;
        }

        string path = Path.Combine(folder?.Parent?.FullName ?? "", "shared", "data", name);
        Assert.SkipUnless(Path.Exists(path), $"../shared/data/{name} is missing.");
        return path;
    }
}
