using DinOrleans.Storage.Folders;
using DinOrleans.TestMachine;

namespace DinOrleans.Storage.Tests.Folders;

public sealed class FolderLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Take_FolderThatIsHeld_ThrowsUntilItIsReleased()
    {
        using (FolderLock.Take(_folder["data"]))
        {
            Assert.True(FolderLock.IsHeld(_folder["data"]));
            Assert.Equal($"Another process uses {_folder["data"]}.", Assert.Throws<FolderInUseException>(() => FolderLock.Take(_folder["data"])).Message);
        }

        Assert.False(FolderLock.IsHeld(_folder["data"]));
        FolderLock.Take(_folder["data"]).Dispose();
    }

    [Fact]
    public void IsHeld_FolderThatNobodyHasUsed_IsFalseAndMakesNothing()
    {
        Assert.False(FolderLock.IsHeld(_folder["nowhere"]));
        Assert.False(FolderLock.IsHeld(_folder.Path));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();
}
