namespace DinOrleans.Storage.Search;

/// <summary>Finds users who have events or a profile. Every search reads no more than the rows that it returns, by indexes.</summary>
public interface IUserSearch
{
    /// <summary>Finds users by the beginning of their ids, in ascending order of their code points.</summary>
    /// <param name="prefix">The beginning of the ids; empty for all users.</param>
    /// <param name="after">The id after which to read; empty for the first page.</param>
    /// <param name="limit">The number of users to read at most, at least 1.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<string>> FindAsync(string prefix, string after, int limit, CancellationToken cancellationToken);

    /// <summary>Finds users who have events, from a random place on, in the order in which they were first seen.</summary>
    /// <param name="limit">The number of users to read at most, at least 1.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<string>> SampleAsync(int limit, CancellationToken cancellationToken);
}
