using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Docs.CodeBlocks;

/// <summary>The pages whose blocks are run or checked.</summary>
internal static class DocPages
{
    /// <summary>The pages that a reader follows from the first command to the last one: every command of theirs is run.</summary>
    private static readonly string[] Followed = ["docs/tutorial.md", "docs/how-to/"];

    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true };

    /// <summary>Paths from the repository's root, with forward slashes.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(RepositoryFolder.Path, "*.md")
            .Concat(Directory.EnumerateFiles(RepositoryFolder.Of("docs"), "*.md", Below))
            .Concat(Directory.EnumerateFiles(RepositoryFolder.Of("samples"), "*.md", Below))
            .Concat(((string[])["clients", "src"]).SelectMany(folder => Directory.EnumerateDirectories(RepositoryFolder.Of(folder))).Select(project => Path.Combine(project, "README.md")).Where(File.Exists))
            .Select(file => Path.GetRelativePath(RepositoryFolder.Path, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static bool IsFollowed(string page) => Followed.Any(f => page.StartsWith(f, StringComparison.Ordinal));
}
