using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace DinOrleans.Training.Torch.NativeLibraries;

/// <summary>Loads libtorch and TorchSharp's native half, wherever the process was started from.</summary>
public static partial class TorchRuntime
{
    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>Makes TorchSharp usable. It must run before anything of TorchSharp is used, and costs nothing after the first call.</summary>
    /// <exception cref="DllNotFoundException">The native libraries are missing or do not load. The message says which one and why.</exception>
    public static void EnsureLoaded() => _ = Loaded.Value;

    private static bool Load()
    {
        SetDefault("OMP_WAIT_POLICY", "passive");
        SetDefault("MKL_CBWR", "AVX2,STRICT");
        TorchFiles files = TorchFiles.Locate(AppContext.BaseDirectory);

        // A library that is loaded already satisfies a later one that needs it by name, wherever it lies.
        var handles = new Dictionary<string, nint>
        {
            [TorchFiles.TorchCpu] = NativeLibrary.Load(files.TorchCpuPath),
            [TorchFiles.Torch] = NativeLibrary.Load(files.TorchPath),
            [TorchFiles.TorchSharp] = OldStandardLibrary.IsThere() ? OldStandardLibrary.Load(files.TorchSharpPath) : NativeLibrary.Load(files.TorchSharpPath),
        };

        // TorchSharp asks for its libraries by name. The runtime calls this where they are not beside the application.
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (Assembly _, string name) => handles.GetValueOrDefault(name);
        torch.InitializeDeviceType(DeviceType.CPU);
        return true;
    }

    /// <summary>
    /// Sets an environment variable unless it is set already. Native libraries read it once, when they are loaded, from the native environment, which
    /// <see cref="Environment"/> does not change on Unix.
    /// </summary>
    /// <remarks>
    /// <para>
    /// OMP_WAIT_POLICY makes OpenMP threads wait between operations. Threads that spin take the cores from everything else that runs: on a busy host,
    /// training was measured at a tenth of its speed.
    /// </para>
    /// <para>
    /// MKL_CBWR fixes the order in which MKL sums, and STRICT keeps it for any alignment. Without it, the order depends on where arrays happen to lie in
    /// memory, and the same training gives other weights.
    /// </para>
    /// </remarks>
    private static void SetDefault(string name, string value)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetEnvironmentVariable(name, value, overwrite: 0);
        }
        else if (Environment.GetEnvironmentVariable(name) is null)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
