using System.Globalization;
using System.Runtime.CompilerServices;

namespace DinOrleans.Client;

/// <inheritdoc/>
internal sealed class UserCalls(HttpCalls calls) : IUsers
{
    private const string Path = "v1/users";

    /// <inheritdoc/>
    public Task PutProfileAsync(string userId, IReadOnlyDictionary<string, string> features, CancellationToken cancellationToken = default) =>
        calls.SendAsync(new HttpCall(HttpMethod.Put, Of(userId)).With(new(features), ClientJson.Default.ProfileBody), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<UserPage> ReadAsync(
        string userId, int pageSize = 1_000, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? next = null;
        do
        {
            HttpCall call = new HttpCall(HttpMethod.Get, Of(userId)).Query(("limit", Text(pageSize)), ("after", next));
            UserPage page = await calls.SendAsync(call, ClientJson.Default.UserPage, cancellationToken).ConfigureAwait(false);
            yield return page;
            next = page.Next;
        }
        while (next is not null);
    }

    /// <inheritdoc/>
    public Task<RecentUser> GetRecentAsync(string userId, int limit = 20, CancellationToken cancellationToken = default) => calls.SendAsync(
        new HttpCall(HttpMethod.Get, Of(userId) + "/recent").Query(("limit", Text(limit))), ClientJson.Default.RecentUser, cancellationToken);

    /// <inheritdoc/>
    public Task<UserIdPage> FindAsync(UserSearch search, CancellationToken cancellationToken = default) => calls.SendAsync(
        new HttpCall(HttpMethod.Get, Path).Query(
            ("prefix", search.Prefix.Length > 0 ? search.Prefix : null),
            ("random", search.Random ? "true" : null),
            ("limit", Text(search.Limit)),
            ("after", search.After)),
        ClientJson.Default.UserIdPage,
        cancellationToken);

    /// <inheritdoc/>
    public Task EraseAsync(string userId, CancellationToken cancellationToken = default) => calls.SendAsync(new HttpCall(HttpMethod.Delete, Of(userId)), cancellationToken);

    private static string Of(string userId) => $"{Path}/{Uri.EscapeDataString(userId)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
