using System.Formats.Tar;
using System.Net;
using DinOrleans.TestMachine;
using Microsoft.Extensions.Options;

namespace DinOrleans.Client.Tests.Models;

public sealed class UploadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task UploadAsync_Folder_SendsATarOfItsFilesAndTellsHowMuch()
    {
        _folder.Write("v/manifest.json", "{}");
        _folder.Write("v/embeddings/item.f16", new string('x', 200_000));
        var server = new TarServer();
        List<UploadProgress> told = [];

        await Client(server).Models.UploadAsync("v 1", _folder["v"], new Told(told), Cancellation);

        Assert.Equal("/v1/models/v%201", server.Path);
        Assert.Equal([("embeddings/item.f16", 200_000), ("manifest.json", 2)], server.Files);
        Assert.Equal(new UploadProgress(200_002, 200_002), told[^1]);
        Assert.True(told.Count > 2, $"{told.Count} reports");
        Assert.Equal(told.OrderBy(t => t.SentBytes), told);
    }

    [Fact]
    public async Task UploadAsync_FolderThatIsNotThere_ThrowsAndSendsNothing()
    {
        var server = new TarServer();
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => Client(server).Models.UploadAsync("v", _folder["nothing"], cancellationToken: Cancellation));
        Assert.Equal("", server.Path);
    }

    private static DinOrleansClient Client(HttpMessageHandler server) => new(
        new HttpClient(server), Options.Create(new DinOrleansClientOptions { Address = new Uri("http://localhost"), Patience = TimeSpan.Zero }), TimeProvider.System);

    private sealed class Told(List<UploadProgress> reports) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value) => reports.Add(value);
    }

    /// <summary>Reads the tar that it is sent.</summary>
    private sealed class TarServer : HttpMessageHandler
    {
        public string Path { get; private set; } = "";

        public List<(string Name, long Bytes)> Files { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Path = request.RequestUri!.AbsolutePath;
            var body = new MemoryStream();
            await request.Content!.CopyToAsync(body, cancellationToken);
            body.Position = 0;
            using var tar = new TarReader(body);
            while (await tar.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
            {
                Files.Add((entry.Name, entry.Length));
            }

            return new HttpResponseMessage(HttpStatusCode.NoContent);
        }
    }
}
