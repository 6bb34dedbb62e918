using DinOrleans.Training.Torch.NativeLibraries;
using TorchSharp;

namespace DinOrleans.Training.Tests.Torch.NativeLibraries;

public sealed class TorchRuntimeTests
{
    [Fact]
    public void EnsureLoaded_FromManyThreads_MakesTorchUsable()
    {
        Parallel.For(0, 8, _ => TorchRuntime.EnsureLoaded());

        using var scope = torch.NewDisposeScope();
        Assert.Equal(6f, torch.tensor(new[] { 1f, 2f, 3f }).sum().item<float>());
    }

    [Fact]
    public void Locate_FolderWithoutLibraries_NamesWhatIsMissingAndWhere()
    {
        string folder = Directory.CreateTempSubdirectory("dinorleans-torch").FullName;
        try
        {
            var error = Assert.Throws<DllNotFoundException>(() => TorchFiles.Locate(folder));
            Assert.Contains("torch_cpu", error.Message);
            Assert.Contains(folder, error.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Locate_OutputOfABuild_FindsLibTorchOutsideIt()
    {
        TorchFiles files = TorchFiles.Locate(AppContext.BaseDirectory);

        Assert.True(File.Exists(files.TorchCpuPath));
        Assert.True(File.Exists(files.TorchSharpPath));
        Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, Path.GetFileName(files.TorchCpuPath))), "libtorch was copied into the output");
    }
}
