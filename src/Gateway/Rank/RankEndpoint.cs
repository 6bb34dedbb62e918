using System.Globalization;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Rank;

/// <summary><c>POST /v1/rank</c>.</summary>
internal static class RankEndpoint
{
    private const string DeadlineHeader = "X-Deadline-Ms";
    private const int MaxDeadline = 60_000;

    public static void MapRank(this IEndpointRouteBuilder routes) => routes
        .MapPost("/v1/rank", HandleAsync)
        .Accepts<RankRequest>("application/json")
        .Produces<RankResponse>()
        .WithSummary("Ranks candidates for a user.");

    private static async Task HandleAsync(
        HttpContext context, IGrainFactory grains, InputSchemaCache schemas, GatewayInstruments instruments, TimeProvider time)
    {
        long start = time.GetTimestamp();
        RankRequest request = await RequestBody.ReadAsync(context, WireJson.Default.RankRequest).ConfigureAwait(false);
        List<Violation>? violations = null;
        RankQuery query = Query(request, context, time, ref violations);
        var schema = await schemas.GetAsync(context.RequestAborted).ConfigureAwait(false);
        Check(UserRules.CheckId(request.UserId), RankRules.Check(query, schema), violations);
        Ranking ranking = await grains.GetGrain<IUserGrain>(request.UserId!).RankAsync(query, context.RequestAborted).ConfigureAwait(false);
        instruments.Ranked(ranking.Source, query.Candidates.Count, time.GetElapsedTime(start));
        context.Response.Headers["Server-Timing"] = string.Create(
            CultureInfo.InvariantCulture,
            $"total;dur={time.GetElapsedTime(start).TotalMilliseconds:F3}, grain;dur={ranking.TotalMicroseconds / 1000.0:F3}, score;dur={ranking.ScoreMicroseconds / 1000.0:F3}");
        await RequestBody.WriteAsync(context, RankResponses.Of(ranking), WireJson.Default.RankResponse).ConfigureAwait(false);
    }

    private static RankQuery Query(RankRequest request, HttpContext context, TimeProvider time, ref List<Violation>? violations)
    {
        int count = request.Candidates?.Count ?? 0;
        string[] candidates = new string[count];
        for (int i = 0; i < count; i++)
        {
            candidates[i] = request.Candidates![i].ItemId ?? "";
        }

        return new RankQuery
        {
            Candidates = candidates,
            Context = FeatureValues.Read(request.Context, "context", ref violations),
            Limit = request.Limit,
            Explain = request.Explain,
            Deadline = Deadline(context, time, ref violations),
        };
    }

    private static DateTimeOffset? Deadline(HttpContext context, TimeProvider time, ref List<Violation>? violations)
    {
        if (!context.Request.Headers.TryGetValue(DeadlineHeader, out var text))
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds) && milliseconds is >= 1 and <= MaxDeadline)
        {
            return time.GetUtcNow().AddMilliseconds(milliseconds);
        }

        (violations ??= []).Add(new(DeadlineHeader, $"must be 1 to {MaxDeadline:N0} milliseconds"));
        return null;
    }

    private static void Check(IReadOnlyList<Violation> user, IReadOnlyList<Violation> query, List<Violation>? own)
    {
        if (user.Count + query.Count + (own?.Count ?? 0) > 0)
        {
            throw new InvalidInputException([.. user, .. query, .. own ?? []]);
        }
    }
}
