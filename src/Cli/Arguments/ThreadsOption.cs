using System.CommandLine;

namespace DinOrleans.Cli.Arguments;

/// <summary>The option <c>--threads</c>.</summary>
internal static class ThreadsOption
{
    public static Option<int?> Create() =>
        TypedOption.Whole("--threads", "The number of threads to compute on. By default one per processor. Beside other work, fewer threads are faster.", 1, 1024);
}
