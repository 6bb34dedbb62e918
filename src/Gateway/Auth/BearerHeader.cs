using Microsoft.Extensions.Primitives;

namespace DinOrleans.Gateway.Auth;

/// <summary>Reads the header <c>Authorization: Bearer …</c>, or the password where an endpoint takes one.</summary>
internal static class BearerHeader
{
    private const string Scheme = "Bearer ";

    /// <summary>Reads the key or token.</summary>
    /// <param name="request">The request.</param>
    /// <param name="value">The key or token, or an empty text.</param>
    /// <returns>Null, or why there is none.</returns>
    public static Denial? Read(HttpRequest request, out ReadOnlySpan<char> value)
    {
        value = default;
        StringValues header = request.Headers.Authorization;
        if (header.Count == 0)
        {
            return NothingSent;
        }

        if (header.Count > 1 || header[0] is not { } text)
        {
            return Malformed;
        }

        if (text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            value = text.AsSpan(Scheme.Length).Trim();
            return null;
        }

        if (PasswordHeader.IsTakenBy(request.HttpContext) && PasswordHeader.Read(text) is { } password)
        {
            value = password;
            return null;
        }

        return Malformed;
    }

    private static readonly Denial NothingSent = Denial.Missing("This server asks who calls: send the header Authorization with Bearer and a key or token.");

    private static readonly Denial Malformed = Denial.Invalid("The header Authorization must be sent once, as Bearer and a key or token.");
}
