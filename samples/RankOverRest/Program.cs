using DinOrleans.RankOverRest;

if (args is not [var address, var userId, .. { Length: > 0 } itemIds] || !Uri.TryCreate(address, UriKind.Absolute, out Uri? gateway))
{
    Console.Error.WriteLine("Usage: RankOverRest ADDRESS USER ITEM…, such as http://localhost:5000 user-1 item-0 item-1 item-2");
    return 2;
}

using var http = new HttpClient { BaseAddress = gateway };
var client = new RankingClient(http);
var request = new RankRequest(userId, [.. itemIds.Select(id => new Candidate(id))]);
TimeSpan deadline = TimeSpan.FromSeconds(2);
try
{
    RankResponse before = await client.RankAsync(request, deadline);
    Print(before);

    // The click names the ranking that showed the item: training learns from it what was shown and what was not clicked.
    var click = new UserEvent(Guid.NewGuid().ToString("N"), userId, before.Items[0].ItemId, "click", DateTimeOffset.UtcNow, before.RankingId);
    EventsResponse sent = await client.AppendAsync([click]);
    Console.WriteLine($"Sent a click on {click.ItemId}: {sent.Accepted} accepted, {sent.Duplicates} sent before.");

    Print(await client.RankAsync(request, deadline));
    return 0;
}
catch (Exception e) when (e is ProblemException or HttpRequestException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static void Print(RankResponse ranking)
{
    Console.WriteLine($"Ranked by {ranking.Model?.Version ?? ranking.Source}, with {ranking.HistoryLength} behaviours:");
    foreach (RankedItem item in ranking.Items)
    {
        Console.WriteLine($"  {item.Score:F3}  {item.ItemId}{(item.UnknownItem ? " (not in the catalogue)" : "")}");
    }
}
