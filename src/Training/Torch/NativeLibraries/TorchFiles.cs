using System.Runtime.InteropServices;

namespace DinOrleans.Training.Torch.NativeLibraries;

/// <summary>Where the native libraries lie.</summary>
/// <param name="TorchCpuPath">libtorch's CPU library; what it depends on lies beside it.</param>
/// <param name="TorchPath">libtorch's front, which depends on the former.</param>
/// <param name="TorchSharpPath">TorchSharp's native half, which depends on both.</param>
internal sealed record TorchFiles(string TorchCpuPath, string TorchPath, string TorchSharpPath)
{
    public const string TorchCpu = "torch_cpu";

    public const string Torch = "torch";

    public const string TorchSharp = "LibTorchSharp";

    /// <summary>Names the folder of libtorch in a build's output; a publish has the files themselves.</summary>
    public const string PathFile = "libtorch.path";

    /// <summary>Finds both beside an application, or libtorch in the folder that its build noted.</summary>
    /// <param name="applicationFolder">The application's folder.</param>
    /// <exception cref="DllNotFoundException">One is missing.</exception>
    public static TorchFiles Locate(string applicationFolder)
    {
        string system = OperatingSystem.IsWindows() ? "win-x64" : OperatingSystem.IsMacOS() ? "osx-arm64" : "linux-x64";
        if (RuntimeInformation.ProcessArchitecture != (OperatingSystem.IsMacOS() ? Architecture.Arm64 : Architecture.X64))
        {
            throw new DllNotFoundException(
                $"Training needs libtorch, which is built for linux-x64, win-x64 and osx-arm64, not for {RuntimeInformation.RuntimeIdentifier}.");
        }

        List<string> folders = [Path.Combine(applicationFolder, "runtimes", system, "native"), applicationFolder];
        string note = Path.Combine(applicationFolder, PathFile);
        if (File.Exists(note))
        {
            folders.Add(File.ReadAllText(note).Trim());
        }

        return new(Find(folders, TorchCpu), Find(folders, Torch), Find(folders, TorchSharp));
    }

    private static string Find(List<string> folders, string library)
    {
        string file = OperatingSystem.IsWindows() ? library + ".dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";
        return folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists)
            ?? throw new DllNotFoundException(
                $"{file} is in none of {string.Join(", ", folders)}. Run `dotnet restore` and build again, or use a published folder.");
    }
}
