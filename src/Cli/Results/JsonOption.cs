using System.CommandLine;

namespace DinOrleans.Cli.Results;

/// <summary>The option <c>--json</c> of a command that prints a result.</summary>
internal sealed class JsonOption : Option<bool>
{
    /// <param name="result">The type of the result, whose members are those of the JSON.</param>
    public JsonOption(Type result)
        : base("--json")
    {
        Description = "Prints the result as JSON.";
        Arity = ArgumentArity.Zero;
        Result = result;
    }

    /// <summary>The type of the result.</summary>
    public Type Result { get; }
}
