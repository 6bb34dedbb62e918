using System.Globalization;
using DinOrleans.Benchmarks.Load;

namespace DinOrleans.Benchmarks.Search;

/// <summary>Requests of one kind as the console makes them, for users and items in no order.</summary>
/// <param name="name">The request, with N in the place of a random number.</param>
/// <param name="rows">The number of users, and of items.</param>
internal sealed class SearchRequests(string name, int rows) : IRequestSource
{
    public string Name => name;

    /// <summary>Every kind.</summary>
    public static IEnumerable<SearchRequests> All(int rows)
    {
        string[] names =
        [
            "/v1/users?prefix=uN", "/v1/users?after=uN&limit=100", "/v1/users?random=true", "/v1/users/uN/recent?limit=100",
            "/v1/items?prefix=iN", "/v1/items?after=iN&limit=100", $"/v1/items?feature={SearchShop.Feature}&value=bN", $"/v1/items?feature={SearchShop.Feature}&value=bN&after=iN&limit=100",
            "/v1/items?order=popular&limit=100", "/v1/items?id=iN", "/v1/items/iN/days?days=90",
        ];
        return names.Select(n => new SearchRequests(n, rows));
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Next() => HttpConnection.Get(
        name.Replace("bN", Number("b", Random.Shared.Next(SearchShop.Values)), StringComparison.Ordinal)
            .Replace("uN", Number("u", Random.Shared.Next(rows)), StringComparison.Ordinal)
            .Replace("iN", Number("i", Random.Shared.Next(rows)), StringComparison.Ordinal));

    private static string Number(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");
}
