using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Storage.Artifacts;
using DinOrleans.TestShop;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace DinOrleans.Cluster.Tests;

/// <summary>Versions that come to the artifact store through a silo, part by part.</summary>
public sealed class VersionUploadTests : IDisposable
{
    private readonly string _source = Directory.CreateTempSubdirectory("upload-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_source, recursive: true);

    [Fact]
    public async Task CompleteAsync_AllFilesInParts_PutsTheVersionIntoTheStoreAndItCanBePublished()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        string folder = Write();
        string version = Path.GetFileName(folder);
        await UploadAsync(shop, folder, partBytes: 1_000);
        Assert.Equal([version], await Store(shop).ListAsync(Cancellation));
        string stored = await Store(shop).OpenAsync(version, Cancellation);
        Assert.Equal(Files(folder), Files(stored));
        Assert.All(Files(folder), file => Assert.Equal(
            File.ReadAllBytes(Path.Combine(folder, file)), File.ReadAllBytes(Path.Combine(stored, file))));
        await shop.Registry.PublishAsync(version, Cancellation);
        await shop.WaitUntilServedAsync(version);
    }

    [Fact]
    public async Task CompleteAsync_TheSameVersionAgain_DoesNothing()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        string folder = Write();
        await UploadAsync(shop, folder);
        await UploadAsync(shop, folder);
        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(shop.Folder, "versions")));
    }

    [Fact]
    public async Task CompleteAsync_ADamagedFile_NamesItAndKeepsNothing()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        string folder = Write();
        await File.AppendAllTextAsync(Path.Combine(folder, "scorer.onnx"), "x", Cancellation);
        await IsRefusedAsync(shop, () => UploadAsync(shop, folder), "scorer.onnx: is damaged");
    }

    [Fact]
    public async Task CompleteAsync_AMissingFile_NamesItAndKeepsNothing()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        string folder = Write();
        File.Delete(Path.Combine(folder, "sample.json"));
        await IsRefusedAsync(shop, () => UploadAsync(shop, folder), "sample.json: is missing");
    }

    [Fact]
    public async Task CompleteAsync_AVersionOfAnotherName_IsRefused()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        string renamed = Path.Combine(_source, "renamed");
        Directory.Move(Write(), renamed);
        await IsRefusedAsync(shop, () => UploadAsync(shop, renamed), "but its folder is named \"renamed\"");
    }

    [Fact]
    public async Task CompleteAsync_AnotherVersionUnderAKnownName_LeavesTheFirst()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        string folder = Write();
        string version = Path.GetFileName(folder);
        await UploadAsync(shop, folder);
        string manifest = await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json"), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "manifest.json"), manifest.Replace("\"createdAt\": \"20", "\"createdAt\": \"21", StringComparison.Ordinal), Cancellation);
        InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(() => UploadAsync(shop, folder));
        Assert.Contains("is in the store already, with another manifest", refused.Message, StringComparison.Ordinal);
        Assert.Equal(manifest, await File.ReadAllTextAsync(Path.Combine(await Store(shop).OpenAsync(version, Cancellation), "manifest.json"), Cancellation));
    }

    [Theory]
    [InlineData("v1", "../escape", 0, "file must be manifest.json")]
    [InlineData("../v1", "manifest.json", 0, "\"../v1\" is not the name of a version")]
    [InlineData("v1", "manifest.json", 5, "manifest.json: the part at 5 does not follow the 0 bytes before it")]
    public async Task WriteAsync_APartThatCannotBe_IsRefusedAndLeavesNothing(string version, string file, long offset, string reason)
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await IsRefusedAsync(shop, () => Grain(shop).WriteAsync(new(version, file, offset, [1]), Cancellation), reason);
    }

    [Fact]
    public async Task WriteAsync_ThenTheGrainLeaves_RemovesWhatItHad()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        IVersionUploadGrain upload = Grain(shop);
        await upload.WriteAsync(new("v1", "manifest.json", 0, [1]), Cancellation);
        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(shop.Folder, "versions")));
        await LeaveAsync(upload);
        await TestMachine.Eventually.BecomesAsync(
            "nothing is left", () => Task.FromResult(Directory.GetFileSystemEntries(Path.Combine(shop.Folder, "versions")).Length), left => left == 0, cancellationToken: Cancellation);
    }

    private static async Task LeaveAsync(IVersionUploadGrain upload) => await upload.AsReference<IGrainManagementExtension>().DeactivateOnIdle();

    private static IVersionUploadGrain Grain(ShopCluster shop) => shop.Client.GetGrain<IVersionUploadGrain>(Guid.NewGuid());

    private static IArtifactStore Store(ShopCluster shop) => shop.Stores.GetRequiredService<IArtifactStore>();

    private static async Task IsRefusedAsync(ShopCluster shop, Func<Task> upload, string reason)
    {
        InvalidInputException refused = await Assert.ThrowsAsync<InvalidInputException>(upload);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(shop.Folder, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(shop.Folder, "versions")));
    }

    private static async Task UploadAsync(ShopCluster shop, string folder, int partBytes = VersionPart.MaxBytes)
    {
        IVersionUploadGrain upload = Grain(shop);
        string version = Path.GetFileName(folder);
        foreach (string file in Files(folder))
        {
            byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(folder, file), Cancellation);
            for (int offset = 0; offset == 0 || offset < bytes.Length; offset += partBytes)
            {
                await upload.WriteAsync(new(version, file, offset, bytes[offset..Math.Min(bytes.Length, offset + partBytes)]), Cancellation);
            }
        }

        await upload.CompleteAsync(version, Cancellation);
    }

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];

    private string Write() => UntrainedArtifact.Write(_source, SmallShop.Schema, SmallShop.Values);
}
