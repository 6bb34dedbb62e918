using System.Runtime.InteropServices;
using System.Text;

namespace DinOrleans.Kernels.Cuda;

/// <summary>NVRTC, the run-time compiler of CUDA C++.</summary>
internal static unsafe partial class CudaCompiler
{
    private const string Library = CudaLibraries.Compiler;

    /// <summary>Compiles a program for one architecture.</summary>
    /// <param name="source">CUDA C++ without includes.</param>
    /// <param name="name">Name of the source in the compiler's messages.</param>
    /// <param name="options">Options of NVRTC, for example <c>--gpu-architecture=sm_90</c>.</param>
    /// <returns>Machine code that the driver loads.</returns>
    /// <exception cref="CudaException">The program does not compile; the message has the compiler's words.</exception>
    public static byte[] Compile(string source, string name, IReadOnlyList<string> options)
    {
        nint program = 0;
        fixed (byte* text = Utf8(source), file = Utf8(name))
        {
            Check(nvrtcCreateProgram(&program, text, file, 0, null, null), "nvrtcCreateProgram");
        }

        nint[] arguments = [.. options.Select(Marshal.StringToCoTaskMemUTF8)];
        try
        {
            int status;
            fixed (nint* given = arguments)
            {
                status = nvrtcCompileProgram(program, arguments.Length, (byte**)given);
            }

            if (status != 0)
            {
                throw new CudaException($"{name} does not compile ({status}): {Log(program)}");
            }

            nuint length;
            Check(nvrtcGetCUBINSize(program, &length), "nvrtcGetCUBINSize");
            byte[] code = new byte[length];
            fixed (byte* image = code)
            {
                Check(nvrtcGetCUBIN(program, image), "nvrtcGetCUBIN");
            }

            return code;
        }
        finally
        {
            Array.ForEach(arguments, Marshal.FreeCoTaskMem);
            _ = nvrtcDestroyProgram(&program);
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private static string Log(nint program)
    {
        nuint length;
        if (nvrtcGetProgramLogSize(program, &length) != 0 || length == 0)
        {
            return "";
        }

        byte[] log = new byte[length];
        fixed (byte* text = log)
        {
            return nvrtcGetProgramLog(program, text) == 0 ? Encoding.UTF8.GetString(log).TrimEnd('\0', '\n') : "";
        }
    }

    private static void Check(int status, string call)
    {
        if (status != 0)
        {
            throw new CudaException($"{call} failed with {status}.");
        }
    }

    [LibraryImport(Library)]
    private static partial int nvrtcCreateProgram(nint* program, byte* source, byte* name, int headers, byte** headerSources, byte** headerNames);

    [LibraryImport(Library)]
    private static partial int nvrtcCompileProgram(nint program, int count, byte** options);

    [LibraryImport(Library)]
    private static partial int nvrtcGetCUBINSize(nint program, nuint* length);

    [LibraryImport(Library)]
    private static partial int nvrtcGetCUBIN(nint program, byte* image);

    [LibraryImport(Library)]
    private static partial int nvrtcGetProgramLogSize(nint program, nuint* length);

    [LibraryImport(Library)]
    private static partial int nvrtcGetProgramLog(nint program, byte* log);

    [LibraryImport(Library)]
    private static partial int nvrtcDestroyProgram(nint* program);
}
