using System.Diagnostics;

namespace DinOrleans.Benchmarks.Servers;

/// <summary>Finds out whether a Python interpreter has modules.</summary>
internal static class PythonModules
{
    private const string Missing = "import importlib.util, sys; print(', '.join(m for m in sys.argv[1:] if importlib.util.find_spec(m) is None))";

    /// <summary>Says what is missing. Null where nothing is.</summary>
    /// <param name="interpreter">The path of the interpreter.</param>
    /// <param name="modules">The names of the modules.</param>
    public static string? WhyNot(string interpreter, IReadOnlyList<string> modules)
    {
        if (!File.Exists(interpreter))
        {
            return $"Python is missing: {interpreter} is not there.";
        }

        using Process python = Process.Start(new ProcessStartInfo(interpreter, ["-c", Missing, .. modules]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{interpreter} did not start.");
        string missing = python.StandardOutput.ReadToEnd().Trim();
        python.WaitForExit();
        return python.ExitCode != 0 ? $"{interpreter} ended with code {python.ExitCode}."
            : missing.Length > 0 ? $"Modules of Python are missing: {interpreter} does not have {missing}."
            : null;
    }
}
