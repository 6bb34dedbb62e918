using System.CommandLine;

namespace DinOrleans.Cli.Arguments;

/// <summary>An option that is the address of a server.</summary>
internal static class UrlOption
{
    /// <summary>A required absolute address.</summary>
    public static Option<Uri> Create(string name, string description) => new(name)
    {
        Description = description,
        Required = true,
        CustomParser = result =>
        {
            string text = string.Join(' ', result.Tokens.Select(t => t.Value));
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
            {
                return url;
            }

            result.AddError($"{name} must be an absolute http or https address, but is \"{text}\".");
            return null;
        },
    };
}
