using System.CommandLine;

namespace DinOrleans.Training.Cli;

/// <summary><c>import</c>: original files to a dataset.</summary>
internal static class ImportCommand
{
    public static Command Create() => new("import", "Turns original files into a dataset.");
}
