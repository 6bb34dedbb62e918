using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace DinOrleans.Storage.Sqlite;

/// <summary>Reads the rows of a query into a list.</summary>
internal static class SqliteRows
{
    /// <summary>Runs the command and makes one value of each row.</summary>
    /// <param name="command">The query.</param>
    /// <param name="map">Makes a value of the row that the reader is at.</param>
    public static List<T> ReadRows<T>(this SqliteCommand command, Func<DbDataReader, T> map)
    {
        using SqliteDataReader reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>Adds one parameter per value.</summary>
    /// <returns>The names of the parameters, for the list of an <c>IN</c>.</returns>
    public static string AddList(this SqliteCommand command, string name, IReadOnlyList<string> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            command.Parameters.AddWithValue(name + i, values[i]);
        }

        return string.Join(", ", values.Select((_, i) => name + i));
    }
}
