using System.Runtime.InteropServices;

namespace DinOrleans.Training.Torch.NativeLibraries;

/// <summary>The paths of the native libraries.</summary>
/// <param name="TorchCpuPath">The path of libtorch's CPU library, beside which its dependencies lie.</param>
/// <param name="TorchPath">The path of libtorch's front library, which depends on the former.</param>
/// <param name="TorchSharpPath">The path of TorchSharp's native library, which depends on both.</param>
internal sealed record TorchFiles(string TorchCpuPath, string TorchPath, string TorchSharpPath)
{
    public const string TorchCpu = "torch_cpu";

    public const string Torch = "torch";

    public const string TorchSharp = "LibTorchSharp";

    /// <summary>The file in a build's output that names the folder of libtorch. A published folder has the libraries themselves.</summary>
    public const string PathFile = "libtorch.path";

    /// <summary>Finds the libraries beside an application, or libtorch in the folder that the build noted.</summary>
    /// <param name="applicationFolder">The folder of the application.</param>
    /// <exception cref="DllNotFoundException">A library is missing.</exception>
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
