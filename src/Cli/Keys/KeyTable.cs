using System.Globalization;
using System.Text;
using DinOrleans.Client;

namespace DinOrleans.Cli.Keys;

/// <summary>Keys as a table to read.</summary>
internal static class KeyTable
{
    private static readonly string[] Titles = ["id", "state", "created", "last used", "expires", "scopes", "note"];

    /// <summary>Writes the table.</summary>
    public static string Of(IReadOnlyList<ApiKey> keys)
    {
        string[][] rows = [Titles, .. keys.Select(Row)];
        int[] widths = [.. Enumerable.Range(0, Titles.Length).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            text.AppendJoin("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).Length -= widths[^1] - row[^1].Length;
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string[] Row(ApiKey key) =>
        [key.Id, key.RevokedAt is null ? "" : "revoked", Day(key.CreatedAt), Day(key.LastUsedAt), Day(key.ExpiresAt), string.Join(',', key.Scopes), key.Note];

    private static string Day(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "never";
}
