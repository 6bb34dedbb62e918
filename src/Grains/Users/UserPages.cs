using DinOrleans.Contracts.Users;
using DinOrleans.Storage;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Impressions;

namespace DinOrleans.Grains.Users;

/// <summary>Reads what is held about a user page by page, so that a message stays small however much there is.</summary>
internal sealed class UserPages(IBehaviourLog log, IImpressionLog impressions)
{
    /// <summary>The most bytes of memory that the rows of a page take, unless one row alone takes more.</summary>
    internal const long MaxBytes = 4L << 20;

    /// <summary>How many rows one read takes. It is small because rankings may be long.</summary>
    private const int RowsARead = 50;

    /// <summary>Reads a page.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="profile">The user's profile.</param>
    /// <param name="query">Selects the page. It must be valid.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<UserPage> ReadAsync(string userId, UserProfile profile, UserPageQuery query, CancellationToken cancellationToken)
    {
        UserPlace place = query.After is { } after && UserPlace.TryParse(after, out UserPlace given) ? given : default;
        var page = new PageRoom(query.Limit);
        List<BehaviourEvent> behaviours = [];
        if (!place.InRankings)
        {
            LogPlace last = await page.FillAsync(
                behaviours,
                new LogPlace(place.Time, place.Number),
                (from, rows) => log.ReadAfterAsync(userId, from, rows, cancellationToken),
                Footprint.Estimate);
            place = page.IsFull ? new(false, last.Time, last.Number) : new(true, 0, 0);
        }

        List<LoggedRanking> rankings = [];
        if (!page.IsFull)
        {
            LogPlace last = await page.FillAsync(
                rankings,
                new LogPlace(place.Time, place.Number),
                (from, rows) => impressions.ReadAfterAsync(userId, from, rows, cancellationToken),
                Footprint.Estimate);
            place = new(true, last.Time, last.Number);
        }

        return new UserPage(userId, profile, behaviours, rankings, page.IsFull ? place.ToString() : null);
    }

    /// <summary>Counts the room that a page has left.</summary>
    private sealed class PageRoom(int rows)
    {
        private int _rows = rows;
        private long _bytes = MaxBytes;

        /// <summary>True if there may be more rows than the page has.</summary>
        public bool IsFull { get; private set; }

        /// <summary>Adds rows until there are no more rows or there is no more room.</summary>
        /// <returns>The place of the last row that was added, or the given place where none was.</returns>
        public async Task<LogPlace> FillAsync<T>(
            List<T> page, LogPlace place, Func<LogPlace, int, Task<IReadOnlyList<Placed<T>>>> read, Func<T, long> bytes)
        {
            IReadOnlyList<Placed<T>> found;
            do
            {
                // Reading one row more than there is room for tells whether there is a next page.
                int asked = Math.Min(RowsARead, _rows + 1);
                found = await read(place, asked);
                foreach (Placed<T> row in found)
                {
                    long size = bytes(row.Row);
                    if (_rows == 0 || (size > _bytes && _bytes < MaxBytes))
                    {
                        IsFull = true;
                        return place;
                    }

                    page.Add(row.Row);
                    place = row.Place;
                    _rows--;
                    _bytes -= size;
                }

                if (found.Count < asked)
                {
                    return place;
                }
            }
            while (true);
        }
    }
}
