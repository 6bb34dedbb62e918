using System.Globalization;
using System.Numerics;
using Parquet;
using Parquet.Schema;

namespace DinOrleans.Datasets;

/// <summary>Reads one column of a row group of a Parquet file.</summary>
internal static class ParquetColumn
{
    private const string LocalTime = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF";
    private const string Utc = LocalTime + "'Z'";
    private const string Day = "yyyy-MM-dd";

    private static readonly HashSet<Type> Types =
    [
        typeof(ReadOnlyMemory<char>), typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double), typeof(decimal), typeof(DateTime), typeof(Guid), typeof(BigInteger),
    ];

    /// <summary>True if the values of a column can be written as text.</summary>
    public static bool IsSupported(DataField field) => Types.Contains(field.ClrType);

    /// <summary>True if the values of a column are numbers.</summary>
    public static bool IsNumber(DataField field) =>
        field.ClrType != typeof(ReadOnlyMemory<char>) && field.ClrType != typeof(bool) && field.ClrType != typeof(DateTime) && field.ClrType != typeof(Guid);

    /// <summary>Reads a column.</summary>
    /// <returns>Gives the text of a row, counted from 0 in the row group. It is empty if the value is missing.</returns>
    public static Task<Func<int, string>> ReadAsync(ParquetRowGroupReader group, DataField field)
    {
        Type type = field.ClrType;
        return type == typeof(ReadOnlyMemory<char>) ? ReadTextAsync(group, field)
            : type == typeof(bool) ? ReadAsync<bool>(group, field, value => value ? "true" : "false")
            : type == typeof(DateTime) ? ReadAsync(group, field, Time(field))
            : type == typeof(Guid) ? ReadAsync<Guid>(group, field, value => value.ToString())
            : type == typeof(byte) ? ReadNumberAsync<byte>(group, field)
            : type == typeof(sbyte) ? ReadNumberAsync<sbyte>(group, field)
            : type == typeof(short) ? ReadNumberAsync<short>(group, field)
            : type == typeof(ushort) ? ReadNumberAsync<ushort>(group, field)
            : type == typeof(int) ? ReadNumberAsync<int>(group, field)
            : type == typeof(uint) ? ReadNumberAsync<uint>(group, field)
            : type == typeof(long) ? ReadNumberAsync<long>(group, field)
            : type == typeof(ulong) ? ReadNumberAsync<ulong>(group, field)
            : type == typeof(float) ? ReadNumberAsync<float>(group, field)
            : type == typeof(double) ? ReadNumberAsync<double>(group, field)
            : type == typeof(decimal) ? ReadNumberAsync<decimal>(group, field)
            : ReadNumberAsync<BigInteger>(group, field);
    }

    private static Func<DateTime, string> Time(DataField field)
    {
        string format = field is DateTimeDataField { DateTimeFormat: DateTimeFormat.Date } ? Day
            : field is DateTimeDataField { DateTimeFormat: DateTimeFormat.Timestamp, IsAdjustedToUTC: false } ? LocalTime
            : Utc;
        return value => value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static Task<Func<int, string>> ReadNumberAsync<T>(ParquetRowGroupReader group, DataField field)
        where T : struct, INumberBase<T> => ReadAsync<T>(group, field, value => T.IsNaN(value) ? "" : value.ToString(null, CultureInfo.InvariantCulture));

    private static async Task<Func<int, string>> ReadAsync<T>(ParquetRowGroupReader group, DataField field, Func<T, string> text)
        where T : struct
    {
        int rows = checked((int)group.RowCount);
        if (!field.IsNullable)
        {
            var values = new T[rows];
            await group.ReadAsync<T>(field, values.AsMemory()).ConfigureAwait(false);
            return row => text(values[row]);
        }

        var present = new T?[rows];
        await group.ReadAsync<T>(field, present.AsMemory()).ConfigureAwait(false);
        return row => present[row] is { } value ? text(value) : "";
    }

    private static async Task<Func<int, string>> ReadTextAsync(ParquetRowGroupReader group, DataField field)
    {
        var values = new string?[checked((int)group.RowCount)];
        await group.ReadAsync(field, values.AsMemory()).ConfigureAwait(false);
        return row => values[row] ?? "";
    }
}
