using System.Data.Common;
using DinOrleans.Contracts.Keys;

namespace DinOrleans.Storage.Keys;

/// <summary>A key as a row: id, hash, note, scopes, and four times in ticks of 100 ns since the year 1.</summary>
internal static class KeyRow
{
    /// <summary>The columns in the order in which <see cref="Read"/> expects them.</summary>
    public const string Columns = "id, hash, note, scopes, created_at, expires_at, last_used_at, revoked_at";

    private const char Separator = ' ';

    /// <summary>The text of the column <c>scopes</c>.</summary>
    public static string Scopes(ApiKeyInfo key) => string.Join(Separator, key.Scopes);

    /// <summary>Makes a key of the row that a reader is at.</summary>
    public static HashedApiKey Read(DbDataReader row) => new(
        new ApiKeyInfo
        {
            Id = row.GetString(0),
            Note = row.GetString(2),
            Scopes = row.GetString(3).Split(Separator),
            CreatedAt = new(row.GetInt64(4), TimeSpan.Zero),
            ExpiresAt = Time(row, 5),
            LastUsedAt = Time(row, 6),
            RevokedAt = Time(row, 7),
        },
        (byte[])row.GetValue(1));

    private static DateTimeOffset? Time(DbDataReader row, int column) => row.IsDBNull(column) ? null : new(row.GetInt64(column), TimeSpan.Zero);
}
