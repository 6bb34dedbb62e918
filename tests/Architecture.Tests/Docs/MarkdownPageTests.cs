using DinOrleans.TestMachine;

namespace DinOrleans.Architecture.Tests.Docs;

/// <summary>The pages for people: links lead somewhere, and README stays short.</summary>
public sealed class MarkdownPageTests
{
    private const int ReadmeLines = 150;

    /// <summary>Paths from the repository's root.</summary>
    public static TheoryData<string> Pages =>
    [
        .. Directory.EnumerateFiles(RepositoryFolder.Path, "*.md")
            .Concat(Directory.EnumerateFiles(RepositoryFolder.Of("docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(RepositoryFolder.Of("samples"), "*.md", SearchOption.AllDirectories))
            .Concat(((string[])["clients", "src"]).SelectMany(folder => Directory.EnumerateDirectories(RepositoryFolder.Of(folder))).Select(project => Path.Combine(project, "README.md")).Where(File.Exists))
            .Select(file => Path.GetRelativePath(RepositoryFolder.Path, file)),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_OfAPage_LeadToFilesAndHeadings(string page)
    {
        string[] broken =
        [
            .. new MarkdownPage(page).Links
                .Where(link => !Path.Exists(RepositoryFolder.Of(link.Path)) || (link.Anchor is not null && !new MarkdownPage(link.Path).Anchors.Contains(link.Anchor)))
                .Select(link => $"{link.Path}#{link.Anchor}"),
        ];
        Assert.Empty(broken);
    }

    [Fact]
    public void Links_OfReadme_LeadToEveryPageOfTheDocs()
    {
        IEnumerable<string> linked = new MarkdownPage("README.md").Links.Select(link => link.Path);
        Assert.Empty(Directory.EnumerateFiles(RepositoryFolder.Of("docs"), "*.md").Select(file => Path.GetRelativePath(RepositoryFolder.Path, file)).Except(linked));
    }

    [Theory]
    [InlineData("docs/how-to")]
    [InlineData("docs/explanation")]
    public void Links_OfAFoldersReadme_LeadToEveryPageOfTheFolder(string folder)
    {
        IEnumerable<string> linked = new MarkdownPage($"{folder}/README.md").Links.Select(link => link.Path);
        IEnumerable<string> pages = Directory.EnumerateFiles(RepositoryFolder.Of(folder), "*.md").Select(file => Path.GetRelativePath(RepositoryFolder.Path, file));
        Assert.Empty(pages.Except([$"{folder}/README.md"]).Except(linked));
    }

    [Fact]
    public void Readme_ForANewcomer_HasFewerThan150Lines() => Assert.InRange(File.ReadAllLines(RepositoryFolder.Of("README.md")).Length, 1, ReadmeLines - 1);
}
