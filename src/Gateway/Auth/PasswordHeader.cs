using System.Text;

namespace DinOrleans.Gateway.Auth;

/// <summary>
/// Reads a key or token that a browser sends as a password, for pages whose own requests cannot have a header with it: <c>Authorization: Basic …</c>. Any
/// name will do.
/// </summary>
internal static class PasswordHeader
{
    /// <summary>The header WWW-Authenticate that makes a browser ask for a name and a password.</summary>
    public const string Challenge = "Basic realm=\"dinorleans\", charset=\"UTF-8\"";

    private const string Scheme = "Basic ";

    /// <summary>True for a request to an endpoint that takes passwords.</summary>
    public static bool IsTakenBy(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<Access>() is { TakesPasswords: true };

    /// <summary>Reads the password of a header; null where it has none.</summary>
    /// <param name="header">The value of the header Authorization.</param>
    public static string? Read(string header)
    {
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        byte[] bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Scheme.Length..].Trim(), bytes, out int length))
        {
            return null;
        }

        string pair = Encoding.UTF8.GetString(bytes.AsSpan(0, length));
        int end = pair.IndexOf(':', StringComparison.Ordinal);
        return end < 0 ? null : pair[(end + 1)..];
    }
}
