using System.CommandLine;

namespace DinOrleans.Training.Cli;

/// <summary>The option <c>--threads</c>.</summary>
internal static class ThreadsOption
{
    public static Option<int?> Create() => new("--threads")
    {
        Description = "Threads to compute on; 0 is one per processor. Beside other work, fewer are faster.",
        Validators = { result => Check(result) },
    };

    private static void Check(System.CommandLine.Parsing.OptionResult result)
    {
        if (result.GetValueOrDefault<int?>() is < 0 or > 1024)
        {
            result.AddError("--threads must be 0 to 1,024.");
        }
    }
}
