namespace DinOrleans.Training.Samples;

/// <summary>A categorical feature of many entities: each value once, and a code an entity.</summary>
/// <param name="Codes">Index of the entity's value; −1 where it is missing.</param>
/// <param name="Values">Distinct values.</param>
public sealed record StringColumn(int[] Codes, IReadOnlyList<string> Values);

/// <summary>Items, users or contexts in columns, in schema order.</summary>
/// <param name="Count">How many.</param>
/// <param name="Categorical">A column a categorical feature.</param>
/// <param name="Numeric">A column a numeric feature; NaN where missing.</param>
public sealed record EntityTable(int Count, IReadOnlyList<StringColumn> Categorical, IReadOnlyList<float[]> Numeric);

/// <summary>Events in columns, by user, then time, then order of input.</summary>
/// <param name="UserStart">[users + 1] where each user's events start.</param>
/// <param name="Item">Item of each event.</param>
/// <param name="Type">Its type, an index in the schema's event types.</param>
/// <param name="Timestamp">Its time in milliseconds of the Unix epoch.</param>
/// <param name="Ranking">Number of the ranking that showed the item; −1 where there was none.</param>
public sealed record EventTable(int[] UserStart, int[] Item, byte[] Type, long[] Timestamp, int[] Ranking);
