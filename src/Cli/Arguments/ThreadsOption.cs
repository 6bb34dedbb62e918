using System.CommandLine;

namespace DinOrleans.Cli.Arguments;

/// <summary>The option <c>--threads</c>.</summary>
internal static class ThreadsOption
{
    public static Option<int?> Create() =>
        TypedOption.Whole("--threads", "Threads to compute on; 0 is one per processor. Beside other work, fewer are faster.", 0, 1024);
}
