using System.CommandLine;
using DinOrleans.Model.Validation;

namespace DinOrleans.Cli.Arguments;

/// <summary>The option <c>--key</c>: what a server knows the caller by.</summary>
internal sealed class KeyOption
{
    /// <summary>The environment variable that is read where the option is left out, so that the key is not in the list of processes.</summary>
    public const string Variable = "DINORLEANS_KEY";

    private const string Rule = "must be a key or token: letters, digits and punctuation without spaces";

    /// <summary>The option.</summary>
    public Option<string?> Option { get; } = new("--key")
    {
        Description = $"The API key or token to send, if the server asks for one. The environment variable {Variable} where it is left out.",
        CustomParser = result =>
        {
            string text = string.Join(' ', result.Tokens.Select(t => t.Value));
            if (!IsKey(text))
            {
                // The value is not repeated, since it may be most of a key.
                result.AddError($"--key {Rule}.");
            }

            return text;
        },
    };

    /// <summary>The key; null where there is none.</summary>
    /// <exception cref="InvalidContentException">The environment variable has something else.</exception>
    public string? Read(ParseResult arguments)
    {
        string? key = arguments.GetValue(Option) ?? Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrEmpty(key) ? null : IsKey(key) ? key : throw new InvalidContentException($"{Variable} {Rule}.");
    }

    private static bool IsKey(string text) => text.Length > 0 && text.All(c => c is > ' ' and <= '~');
}
