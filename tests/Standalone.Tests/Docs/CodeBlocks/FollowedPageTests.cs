namespace DinOrleans.Standalone.Tests.Docs.CodeBlocks;

/// <summary>Whoever does what a page says gets what the page shows.</summary>
public sealed class FollowedPageTests(DocServer server) : IClassFixture<DocServer>
{
    private const string Tutorial = "docs/tutorial.md";
    private const string AddAFeature = "docs/how-to/add-a-feature.md";

    /// <summary>The pages with requests or commands for a server, except the two that need one of their own.</summary>
    public static TheoryData<string> Pages =>
    [
        .. DocPages.All.Where(page => page is not (Tutorial or AddAFeature) && (DocPages.IsFollowed(page) || CodeBlock.Read(page).Any(b => b.Language == "http" || b.Text.Contains("localhost:5000", StringComparison.Ordinal)))),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_DoneAsItSays_GetsTheAnswersThatItShows(string page)
    {
        await using FollowedPage followed = Open(page, server);
        AssumeData(followed, server);
        await followed.FollowAsync();
        await server.EndExperimentsAsync();
    }

    [Fact]
    public async Task AddAFeature_DoneAsItSays_RanksWithTheFeature()
    {
        await using var own = new DocServer();
        await own.InitializeAsync();
        await own.RestartAsync(CodeBlock.Read(AddAFeature).First(b => b.Language == "json").Text);
        await using FollowedPage followed = Open(AddAFeature, own);
        Assert.True(await followed.FollowAsync() >= 3);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Tutorial_DoneAsItSays_RanksItsOwnData()
    {
        await using FollowedPage followed = Open(Tutorial, server);
        Assert.True(await followed.FollowAsync() >= 6);
    }

    private static FollowedPage Open(string page, DocServer server)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not here.");
        return new FollowedPage(page, server.Http, Cancellation);
    }

    /// <summary>Puts there what the pages take for granted: the data folder of the server, and lines of items.</summary>
    private static void AssumeData(FollowedPage followed, DocServer server)
    {
        Directory.CreateSymbolicLink(followed.Folder["served"], server.Data);
        followed.Folder.Write("items.ndjson", """{ "itemId": "i1", "features": { "category": "c7" } }""" + "\n");
    }
}
