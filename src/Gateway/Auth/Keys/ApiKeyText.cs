using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using DinOrleans.Contracts.Keys;

namespace DinOrleans.Gateway.Auth.Keys;

/// <summary>
/// A key as its owner sends it: <c>dok_</c>, the id, <c>_</c> and the secret, which is 256 random bits in base64url. The id finds the key at once,
/// and the secret proves it.
/// </summary>
internal static class ApiKeyText
{
    public const string Prefix = "dok_";

    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private const int SecretAt = 4 + ApiKeyRules.IdLength + 1;
    private const string IdCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The characters of a key.</summary>
    public const int Length = SecretAt + SecretLength;

    /// <summary>Draws a key.</summary>
    public static (string Key, string Id, byte[] Hash) Draw()
    {
        string id = RandomNumberGenerator.GetString(IdCharacters, ApiKeyRules.IdLength);
        string secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return ($"{Prefix}{id}_{secret}", id, SHA256.HashData(Encoding.ASCII.GetBytes(secret)));
    }

    /// <summary>Splits a key.</summary>
    /// <returns>False where the text does not have the form of a key.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out ReadOnlySpan<char> id, out ReadOnlySpan<char> secret)
    {
        id = default;
        secret = default;
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[SecretAt - 1] != '_')
        {
            return false;
        }

        id = text[Prefix.Length..(SecretAt - 1)];
        secret = text[SecretAt..];
        return ApiKeyRules.IsId(id) && IsSecret(secret);
    }

    /// <summary>True where a secret has a hash. The time that it takes does not tell how much of the hash is right.</summary>
    public static bool Matches(ReadOnlySpan<char> secret, ReadOnlySpan<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[SecretLength];
        Span<byte> own = stackalloc byte[SHA256.HashSizeInBytes];
        int length = Encoding.ASCII.GetBytes(secret, bytes);
        SHA256.HashData(bytes[..length], own);
        return CryptographicOperations.FixedTimeEquals(own, hash);
    }

    private static bool IsSecret(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
