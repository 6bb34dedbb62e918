using System.Reflection;
using System.Runtime.InteropServices;

namespace DinOrleans.Kernels.Cuda;

/// <summary>
/// Finds the CUDA libraries by the names that they have on each system. The loader's own search path applies. <see cref="Exists"/> must be
/// called before a function of a library is.
/// </summary>
internal static class CudaLibraries
{
    public const string Driver = "cuda";
    public const string Compiler = "nvrtc";

    private static readonly Dictionary<string, string[]> Names = new()
    {
        [Driver] = ["libcuda.so.1", "nvcuda.dll"],
        [Compiler] = ["libnvrtc.so.13", "libnvrtc.so.12", "nvrtc64_130_0.dll", "nvrtc64_120_0.dll"],
    };

    /// <summary>True if a library can be loaded.</summary>
    /// <param name="name"><see cref="Driver"/> or <see cref="Compiler"/>.</param>
    public static bool Exists(string name) => Load(name) != 0;

    static CudaLibraries() => NativeLibrary.SetDllImportResolver(typeof(CudaLibraries).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => Names.ContainsKey(name) ? Load(name) : 0;

    private static nint Load(string name)
    {
        foreach (string file in Names[name])
        {
            if (NativeLibrary.TryLoad(file, out nint handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
