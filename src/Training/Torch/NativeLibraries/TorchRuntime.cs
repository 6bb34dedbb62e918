using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace DinOrleans.Training.Torch.NativeLibraries;

/// <summary>Loads libtorch and TorchSharp's native half, wherever the process was started from.</summary>
public static partial class TorchRuntime
{
    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>Makes TorchSharp usable; must run before anything of it is touched. Free after the first time.</summary>
    /// <exception cref="DllNotFoundException">The native libraries are missing or do not load; the message says which and why.</exception>
    public static void EnsureLoaded() => _ = Loaded.Value;

    private static bool Load()
    {
        SetDefault("OMP_WAIT_POLICY", "passive");
        SetDefault("MKL_CBWR", "AVX2,STRICT");
        TorchFiles files = TorchFiles.Locate(AppContext.BaseDirectory);

        // Libraries that are loaded already satisfy a later one that needs them by name, wherever they lie.
        var handles = new Dictionary<string, nint>
        {
            [TorchFiles.TorchCpu] = NativeLibrary.Load(files.TorchCpuPath),
            [TorchFiles.Torch] = NativeLibrary.Load(files.TorchPath),
            [TorchFiles.TorchSharp] = LoadTorchSharp(files.TorchSharpPath),
        };

        // TorchSharp asks for its libraries by name; where they are not beside the application, the runtime asks here.
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (Assembly _, string name) => handles.GetValueOrDefault(name);
        torch.InitializeDeviceType(DeviceType.CPU);
        return true;
    }

    /// <summary>
    /// Sets a variable that native libraries read once, when they are loaded, unless it is set already. They read the native environment, which
    /// that of the runtime does not reach.
    /// </summary>
    /// <remarks>
    /// <para>
    /// OpenMP threads that spin between operations take the cores from whatever else runs: on a busy host training was measured at a
    /// tenth of its speed. OMP_WAIT_POLICY makes them wait.
    /// </para>
    /// <para>
    /// MKL otherwise sums in an order that depends on where arrays happen to lie in memory, and the same training comes to other weights. MKL_CBWR fixes
    /// the order, and STRICT keeps it for any alignment.
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

    private static nint LoadTorchSharp(string path)
    {
        if (!OperatingSystem.IsLinux() || HostHasSymbol())
        {
            return NativeLibrary.Load(path);
        }

        byte[] image = File.ReadAllBytes(path);
        return ElfImports.Relax(image)
            ? MemoryLibrary.Load(Path.GetFileName(path), image)
            : NativeLibrary.Load(path);
    }

    private static bool HostHasSymbol() =>
        NativeLibrary.TryLoad("libstdc++.so.6", out nint library) && NativeLibrary.TryGetExport(library, ElfImports.MissingSymbol, out _);
}
