using Microsoft.Extensions.Primitives;

namespace DinOrleans.Gateway.Auth;

/// <summary>Reads the header <c>Authorization: Bearer …</c>.</summary>
internal static class BearerHeader
{
    private const string Scheme = "Bearer ";

    /// <summary>Reads what follows the scheme.</summary>
    /// <param name="request">The request.</param>
    /// <param name="value">What follows, or an empty text.</param>
    /// <returns>Null, or why there is nothing that follows.</returns>
    public static Denial? Read(HttpRequest request, out ReadOnlySpan<char> value)
    {
        value = default;
        StringValues header = request.Headers.Authorization;
        if (header.Count == 0)
        {
            return NothingSent;
        }

        if (header.Count > 1 || header[0] is not { } text || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return Malformed;
        }

        value = text.AsSpan(Scheme.Length).Trim();
        return null;
    }

    private static readonly Denial NothingSent = Denial.Missing("This server asks who calls: send the header Authorization with Bearer and a key or token.");

    private static readonly Denial Malformed = Denial.Invalid("The header Authorization must be sent once, as Bearer and a key or token.");
}
