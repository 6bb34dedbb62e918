using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DinOrleans.Cli.Help;

/// <summary>The help of a command, followed by its examples.</summary>
/// <param name="help">Writes the help.</param>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    /// <summary>Lets the help of a command and of all below it show their examples.</summary>
    public static void AddTo(RootCommand root)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in CommandExamples.Of(parseResult.CommandResult.Command))
        {
            output.WriteLine("  " + example);
        }

        output.WriteLine();
        return code;
    }
}
