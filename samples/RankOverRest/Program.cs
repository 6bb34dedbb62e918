using DinOrleans.Client;
using Microsoft.Extensions.DependencyInjection;

if (args is not [var address, var userId, .. { Length: > 0 } itemIds] || !Uri.TryCreate(address, UriKind.Absolute, out Uri? gateway))
{
    Console.Error.WriteLine("Usage: RankOverRest ADDRESS USER ITEM…, such as http://localhost:5000 user-1 item-0 item-1 item-2");
    return 2;
}

var services = new ServiceCollection();
services.AddDinOrleansClient(o =>
{
    o.Address = gateway;
    o.Key = Environment.GetEnvironmentVariable("DINORLEANS_KEY");
});
await using ServiceProvider provider = services.BuildServiceProvider();
var client = provider.GetRequiredService<IDinOrleansClient>();
RankRequest request = RankRequest.Create(userId, itemIds) with { Deadline = TimeSpan.FromSeconds(10) };
try
{
    Ranking before = await client.RankAsync(request);
    Print(before);

    // The click names the ranking that showed the item: training learns from it what was shown and what was not clicked.
    var click = new BehaviourEvent
    {
        UserId = userId,
        ItemId = before.Items[0].ItemId,
        Type = "click",
        Timestamp = DateTimeOffset.UtcNow,
        RankingId = before.RankingId,
    };
    AppendedEvents sent = await client.AppendEventsAsync([click]);
    Console.WriteLine($"Sent a click on {click.ItemId}: {sent.Accepted} accepted, {sent.Duplicates} sent before.");

    Print(await client.RankAsync(request));
    return 0;
}
catch (DinOrleansException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

static void Print(Ranking ranking)
{
    Console.WriteLine($"Ranked by {ranking.Model?.Version ?? ranking.Source}, with {ranking.HistoryLength} behaviours:");
    foreach (RankedItem item in ranking.Items)
    {
        Console.WriteLine($"  {item.Score:F3}  {item.ItemId}{(item.UnknownItem ? " (not in the catalogue)" : "")}");
    }
}
