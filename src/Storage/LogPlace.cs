namespace DinOrleans.Storage;

/// <summary>The place of a row among the rows of its user. Places are ordered by time and then by number.</summary>
/// <param name="Time">The time of the row, in ticks of 100 ns since the year 1; 0 for the place before the first row.</param>
/// <param name="Number">The number of the row in the order of arrival, at least 0.</param>
public readonly record struct LogPlace(long Time, long Number);

/// <summary>A row and its place among the rows of its user.</summary>
public readonly record struct Placed<T>(LogPlace Place, T Row);
