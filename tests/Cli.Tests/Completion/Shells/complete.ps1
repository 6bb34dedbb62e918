# Prints what PowerShell completes each argument after the first to, one line each. The first one is the current folder.
Set-Location $args[0]
dinorleans completion pwsh | Out-String | Invoke-Expression
foreach ($line in $args[1..($args.Length - 1)]) {
    "$((TabExpansion2 $line $line.Length).CompletionMatches.CompletionText)"
}
