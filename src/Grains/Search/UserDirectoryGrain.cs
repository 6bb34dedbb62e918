using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;
using DinOrleans.Storage.Search;
using Orleans.Concurrency;

namespace DinOrleans.Grains.Search;

/// <inheritdoc cref="IUserDirectoryGrain"/>
[StatelessWorker, Reentrant]
public sealed class UserDirectoryGrain(IUserSearch users) : Grain, IUserDirectoryGrain
{
    /// <inheritdoc/>
    public async Task<UserIdPage> FindAsync(UserSearch search, CancellationToken cancellationToken)
    {
        SearchRules.Check(search).ThrowIfAny();
        if (search.Random)
        {
            return new(await users.SampleAsync(search.Limit, cancellationToken), Next: null);
        }

        // One more than there is room for tells whether there is a next page.
        IReadOnlyList<string> found = await users.FindAsync(search.Prefix, search.After ?? "", search.Limit + 1, cancellationToken);
        return found.Count > search.Limit ? new([.. found.Take(search.Limit)], found[search.Limit - 1]) : new(found, Next: null);
    }
}
