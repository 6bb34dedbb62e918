using System.Data.Common;

namespace DinOrleans.Storage.Registry;

/// <summary>The one row of the table <c>model_activation</c>. The columns are the same in both databases.</summary>
internal static class ActivationRow
{
    /// <summary>The columns that <see cref="Read"/> reads, after the revision.</summary>
    public const string Columns = "revision, active, target, target_since, retiring, previous";

    /// <summary>Makes the activation of the row that the reader is at.</summary>
    public static ModelActivation Read(DbDataReader row) => new()
    {
        Active = Text(row, 1),
        Target = Text(row, 2),
        TargetSince = row.IsDBNull(3) ? null : new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero),
        Retiring = Text(row, 4),
        Previous = Text(row, 5),
    };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
