using System.CommandLine;
using DinOrleans.Benchmarks.Servers;

namespace DinOrleans.Benchmarks.Cli;

/// <summary>The option <c>--peer</c>.</summary>
internal static class PeerOption
{
    /// <summary>The value that adds <see cref="PythonServer"/>.</summary>
    public const string Python = "python";

    public static Option<string[]> Create() => Create(() => PythonServer.WhyNot(Repository.Folder()));

    /// <param name="whyNoPython">Says what is missing for the Python server. Null where nothing is.</param>
    public static Option<string[]> Create(Func<string?> whyNoPython)
    {
        var option = new Option<string[]>("--peer")
        {
            Description = $"\"{Python}\" measures a plain server of FastAPI and PyTorch as well. The plain ASP.NET server is always there.",
            DefaultValueFactory = _ => [],
        };
        option.AcceptOnlyFromAmong(Python);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(t => t.Value == Python) && whyNoPython() is { } reason)
            {
                result.AddError($"--peer {Python}: {reason}");
            }
        });
        return option;
    }
}
