using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace DinOrleans.Training.Torch.NativeLibraries;

/// <summary>
/// Loads TorchSharp's native library on a host whose C++ standard library is older than the one that it was linked against: libstdc++ of GCC 13,
/// which Debian 12, RHEL 9 and Ubuntu 22.04 do not have.
/// </summary>
/// <remarks>
/// <para>
/// This class and its use in <see cref="TorchRuntime"/> can be removed as soon as those systems need not be supported any more, or as soon as
/// TorchSharp ships a library that does not require GLIBCXX_3.4.32. Hosts with a newer libstdc++ never use it.
/// </para>
/// <para>
/// The edited library is loaded from an anonymous file rather than from an edited copy on disk, because application folders may be read-only, and two
/// processes that start at the same time would have to share the copy.
/// </para>
/// </remarks>
internal static partial class OldStandardLibrary
{
    private const uint CloseOnExec = 1;

    /// <summary>True if the host's C++ standard library is too old for the library that TorchSharp ships.</summary>
    [SupportedOSPlatformGuard("linux")]
    public static bool IsThere() => OperatingSystem.IsLinux()
        && !(NativeLibrary.TryLoad("libstdc++.so.6", out nint library) && NativeLibrary.TryGetExport(library, MissingSymbol, out _));

    /// <summary>Loads a library whose other dependencies are loaded already.</summary>
    /// <param name="path">The path of the library, which is not changed.</param>
    /// <returns>The handle of the library.</returns>
    /// <exception cref="DllNotFoundException">The loader refused the library.</exception>
    /// <exception cref="InvalidDataException">The library is damaged, or needs more than the edits that are known.</exception>
    [SupportedOSPlatform("linux")]
    public static nint Load(string path)
    {
        byte[] image = File.ReadAllBytes(path);
        return Relax(image) ? LoadFromMemory(Path.GetFileName(path), image) : NativeLibrary.Load(path);
    }

    [SupportedOSPlatform("linux")]
    private static nint LoadFromMemory(string name, ReadOnlySpan<byte> image)
    {
        int descriptor = CreateMemoryFile(name, CloseOnExec);
        if (descriptor < 0)
        {
            throw new DllNotFoundException($"{name} could not be placed in memory: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }

        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.Write(file, image, 0);
        return NativeLibrary.Load($"/proc/self/fd/{descriptor}");
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateMemoryFile(string name, uint flags);
}
