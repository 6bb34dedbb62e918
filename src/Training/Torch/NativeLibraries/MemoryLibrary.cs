using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace DinOrleans.Training.Torch.NativeLibraries;

/// <summary>Loads a shared library from memory on Linux.</summary>
/// <remarks>
/// An anonymous file, rather than an edited copy on disk: application folders may be read-only, and two processes that start at
/// once have nothing to race for.
/// </remarks>
[SupportedOSPlatform("linux")]
internal static partial class MemoryLibrary
{
    private const uint CloseOnExec = 1;

    /// <summary>Loads an image whose dependencies are loaded already.</summary>
    /// <param name="name">Shown in the process's memory map.</param>
    /// <param name="image">The whole file.</param>
    /// <exception cref="DllNotFoundException">The loader refused it.</exception>
    public static nint Load(string name, ReadOnlySpan<byte> image)
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
