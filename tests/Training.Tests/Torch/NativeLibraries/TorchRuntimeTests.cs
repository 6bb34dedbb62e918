using System.Runtime.InteropServices;
using DinOrleans.Training.Torch.NativeLibraries;
using TorchSharp;

namespace DinOrleans.Training.Tests.Torch.NativeLibraries;

public sealed class TorchRuntimeTests
{
    /// <summary>MKL_CBWR_STRICT and MKL_CBWR_ALL of mkl_types.h.</summary>
    private const int Strict = 0x10000;
    private const int All = ~0;

    private delegate int GetReproducibility(int option);

    [Fact]
    public void EnsureLoaded_FromManyThreads_MakesTorchUsable()
    {
        Parallel.For(0, 8, _ => TorchRuntime.EnsureLoaded());

        using var scope = torch.NewDisposeScope();
        Assert.Equal(6f, torch.tensor(new[] { 1f, 2f, 3f }).sum().item<float>());
    }

    [Fact]
    public void EnsureLoaded_Mkl_SumsInAnOrderThatDoesNotDependOnAlignment()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only libtorch for Linux exports what MKL was set to.");
        Assert.SkipWhen(Environment.GetEnvironmentVariable("MKL_CBWR") is not null, "MKL_CBWR is set from outside.");
        TorchRuntime.EnsureLoaded();

        nint library = NativeLibrary.Load(TorchFiles.Locate(AppContext.BaseDirectory).TorchCpuPath);
        var get = Marshal.GetDelegateForFunctionPointer<GetReproducibility>(NativeLibrary.GetExport(library, "mkl_serv_cbwr_get"));

        // Which instructions it then takes is the processor's.
        Assert.Equal(Strict, get(All) & Strict);
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
