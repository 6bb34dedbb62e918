using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DinOrleans.Cli.Keys;

/// <summary>Keys as a table to read.</summary>
internal static class KeyTable
{
    private static readonly string[] Titles = ["id", "state", "created", "last used", "expires", "scopes", "note"];

    /// <summary>Writes the table.</summary>
    /// <param name="keys">The member "keys" of the answer to <c>GET /v1/keys</c>.</param>
    public static string Of(JsonElement keys)
    {
        string[][] rows = [Titles, .. keys.EnumerateArray().Select(Row)];
        int[] widths = [.. Enumerable.Range(0, Titles.Length).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            text.AppendJoin("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).Length -= widths[^1] - row[^1].Length;
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string[] Row(JsonElement key) =>
    [
        key.GetProperty("id").GetString()!,
        key.TryGetProperty("revokedAt", out JsonElement _) ? "revoked" : "",
        Day(key, "createdAt"),
        Day(key, "lastUsedAt"),
        Day(key, "expiresAt"),
        string.Join(',', key.GetProperty("scopes").EnumerateArray().Select(s => s.GetString())),
        key.GetProperty("note").GetString()!,
    ];

    private static string Day(JsonElement key, string member) =>
        key.TryGetProperty(member, out JsonElement time) ? time.GetDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) : "never";
}
