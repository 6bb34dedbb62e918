using Xunit;

namespace DinOrleans.TestMachine;

/// <summary>Real behaviour logs beside the repository; tests of them skip where they are missing.</summary>
public static class SharedData
{
    /// <summary>The path of a file or folder in the shared data; skips the test where there is none.</summary>
    /// <param name="name">Its path below <c>../shared/data</c>.</param>
    public static string Require(string name)
    {
        string path = RepositoryFolder.Of("../shared/data/" + name);
        Assert.SkipUnless(Path.Exists(path), $"../shared/data/{name} is missing.");
        return path;
    }
}
