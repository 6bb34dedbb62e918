namespace DinOrleans.Gateway.Auth.Keys;

/// <summary>Finds keys and tokens in the address of a request, where logs of proxies and histories of browsers would keep them.</summary>
internal static class KeyInUrl
{
    private static readonly string[] Names = ["access_token", "api_key", "apikey", "key", "token"];

    /// <summary>True where a path has a key in it, or a query a key or a parameter that is named as one.</summary>
    public static bool IsIn(HttpRequest request) =>
        HasKey(request.Path.Value) || (request.QueryString.HasValue && (HasKey(request.QueryString.Value) || request.Query.Keys.Any(IsName)));

    private static bool IsName(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool HasKey(ReadOnlySpan<char> text)
    {
        int at;
        while ((at = text.IndexOf(ApiKeyText.Prefix, StringComparison.Ordinal)) >= 0)
        {
            text = text[at..];
            if (text.Length >= ApiKeyText.Length && ApiKeyText.TryRead(text[..ApiKeyText.Length], out _, out _))
            {
                return true;
            }

            text = text[ApiKeyText.Prefix.Length..];
        }

        return false;
    }
}
