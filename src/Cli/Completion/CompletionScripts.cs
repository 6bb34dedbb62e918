namespace DinOrleans.Cli.Completion;

/// <summary>
/// The scripts by which shells complete command lines. Each passes the text before the cursor, without the name of the program, to the directive [suggest:POSITION]
/// of the program, which prints one suggestion per line. File names are offered where there is no suggestion.
/// </summary>
internal static class CompletionScripts
{
    private const string Bash = """
        # Completes dinorleans in bash. Load it with: source <(dinorleans completion bash)
        _dinorleans() {
          local text="${COMP_LINE:0:COMP_POINT}" word
          text="${text#"${COMP_WORDS[0]}"}"
          text="${text# }"
          COMPREPLY=()
          while IFS= read -r word; do
            if [[ -n "$word" && "$word" == "${text##* }"* ]]; then
              COMPREPLY+=("$word")
            fi
          done < <("${COMP_WORDS[0]}" "[suggest:${#text}]" "$text" 2>/dev/null)
        }
        complete -o default -F _dinorleans dinorleans

        """;

    private const string Zsh = """
        #compdef dinorleans
        # Completes dinorleans in zsh. Load it with: source <(dinorleans completion zsh)
        _dinorleans() {
          local text="${(j: :)words[2,CURRENT-1]}"
          text="${text:+$text }$PREFIX"
          local -a found
          found=("${(@f)$("$words[1]" "[suggest:${#text}]" "$text" 2>/dev/null)}")
          compadd -- ${found:#} || _files
        }
        compdef _dinorleans dinorleans

        """;

    private const string Fish = """
        # Completes dinorleans in fish. Load it with: dinorleans completion fish | source
        function __dinorleans_complete
            set -l tokens (commandline -opc)
            set -l text (string join ' ' -- $tokens[2..-1] (commandline -ct))
            set -l found ($tokens[1] "[suggest:"(string length -- "$text")"]" "$text" 2>/dev/null)
            if string length -q -- $found
                printf '%s\n' $found
            else
                __fish_complete_path (commandline -ct)
            end
        end
        complete -c dinorleans -f -a '(__dinorleans_complete)'

        """;

    private const string Pwsh = """
        # Completes dinorleans in PowerShell. Load it with: dinorleans completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName dinorleans -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $text = $commandAst.ToString().PadRight($cursorPosition).Substring(0, $cursorPosition) -replace '^\S+\s?', ''
            dinorleans "[suggest:$($text.Length)]" "$text" 2>$null |
                Where-Object { $_ -like "$wordToComplete*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }

        """;

    /// <summary>The scripts by the names of their shells.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
        ["pwsh"] = Pwsh,
    };
}
