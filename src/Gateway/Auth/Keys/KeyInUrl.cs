namespace DinOrleans.Gateway.Auth.Keys;

/// <summary>Finds keys and tokens in the address of a request, where logs of proxies and histories of browsers would keep them.</summary>
internal static class KeyInUrl
{
    private static readonly string[] Names = ["access_token", "api-key", "api_key", "apikey", "authorization", "bearer", "id_token", "jwt", "key", "token"];

    /// <summary>True where a path has a key in it, or a query a key or a parameter that is named as one, however it is escaped.</summary>
    public static bool IsIn(HttpRequest request) =>
        HasKey(request.Path.Value) || (request.QueryString.HasValue && (HasKey(Uri.UnescapeDataString(request.QueryString.Value!)) || request.Query.Keys.Any(IsName)));

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
