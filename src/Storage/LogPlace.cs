namespace DinOrleans.Storage;

/// <summary>A row's place in the log of a user; places are ordered by time and then by number.</summary>
/// <param name="Time">The row's time, in ticks of 100 ns since the year 1; 0 for the place before the first row.</param>
/// <param name="Number">The row's number in the order of arrival, at least 0.</param>
public readonly record struct LogPlace(long Time, long Number);

/// <summary>A row of the log of a user with its place.</summary>
public readonly record struct Placed<T>(LogPlace Place, T Row);
