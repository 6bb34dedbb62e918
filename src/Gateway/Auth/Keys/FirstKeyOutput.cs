namespace DinOrleans.Gateway.Auth.Keys;

/// <summary>Where the first key is printed, once. It is the program's output rather than its log, which other machines may keep.</summary>
internal sealed class FirstKeyOutput(TextWriter output)
{
    public void Print(string key) => output.WriteLine(
        $"""
        The first API key, with every scope. It is shown only here and now:
          {key}
        "dinorleans keys make" makes others with it.
        """);
}
