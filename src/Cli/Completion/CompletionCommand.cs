using System.CommandLine;
using DinOrleans.Cli.Help;

namespace DinOrleans.Cli.Completion;

/// <summary><c>completion</c>: prints the script by which a shell completes the command line of this program.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = $"The shell: {string.Join(", ", CompletionScripts.All.Keys)}." };
        shell.CompletionSources.Add([.. CompletionScripts.All.Keys]);
        shell.Validators.Add(result =>
        {
            string given = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (!CompletionScripts.All.ContainsKey(given))
            {
                result.AddError($"SHELL must be one of {string.Join(", ", CompletionScripts.All.Keys)}, but is \"{given}\".");
            }
        });
        Command command = new Command("completion", "Prints a script that lets a shell complete the commands and options of this program.") { shell }.WithExamples(
            "dinorleans completion bash",
            "dinorleans completion zsh",
            "dinorleans completion fish",
            "dinorleans completion pwsh");
        command.SetAction(arguments => Console.Out.Write(CompletionScripts.All[arguments.GetValue(shell)!]));
        return command;
    }
}
