using System.Text;
using DinOrleans.Training.Torch.NativeLibraries;

namespace DinOrleans.Training.Tests.Torch.NativeLibraries;

public sealed class OldStandardLibraryTests
{
    [Fact]
    public void Relax_ShippedLibrary_ChangesOnlyTheTwoImports()
    {
        byte[] original = ShippedLibrary();
        byte[] image = [.. original];

        Assert.True(OldStandardLibrary.Relax(image));

        int[] changed = [.. Enumerable.Range(0, image.Length).Where(i => image[i] != original[i])];
        Assert.InRange(changed.Length, 1, sizeof(uint) + sizeof(ushort) + sizeof(uint) + sizeof(uint));
    }

    [Fact]
    public void Relax_RelaxedLibrary_ChangesNothing()
    {
        byte[] image = ShippedLibrary();
        OldStandardLibrary.Relax(image);
        byte[] once = [.. image];

        Assert.False(OldStandardLibrary.Relax(image));
        Assert.Equal(once, image);
    }

    [Fact]
    public void Relax_LibraryWithoutTheStandIn_IsRefused()
    {
        byte[] image = ShippedLibrary();
        int name = image.AsSpan().IndexOf("_ZNSt6chrono3_V212steady_clock3nowEv\0"u8);
        image[name + 4] = (byte)'X';

        var error = Assert.Throws<InvalidDataException>(() => OldStandardLibrary.Relax(image));
        Assert.Contains("steady_clock", error.Message);
    }

    [Fact]
    public void Relax_CutShort_IsRefused()
    {
        byte[] image = ShippedLibrary();

        Assert.Throws<InvalidDataException>(() => OldStandardLibrary.Relax(image.AsSpan(0, 4096)));
    }

    [Fact]
    public void Relax_FileOfAnotherKind_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => OldStandardLibrary.Relax(Encoding.ASCII.GetBytes("MZ, a library of another system")));

    [Fact]
    public void IsThere_HostWithoutTheVersion_LoadsTheEditedLibrary()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && OldStandardLibrary.IsThere(), "The host's libstdc++ is new enough.");

        TorchRuntime.EnsureLoaded();

        Assert.Contains("/memfd:libLibTorchSharp.so", File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }

    private static byte[] ShippedLibrary()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        Assert.SkipUnless(File.Exists(path), $"{path} is not there");
        return File.ReadAllBytes(path);
    }
}
