using System.Globalization;
using DinOrleans.ClusterClient;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

if (args is not [var given, var userId, .. { Length: > 0 } itemIds] || !int.TryParse(given, CultureInfo.InvariantCulture, out int port))
{
    Console.Error.WriteLine("Usage: RankAsGrainClient PORT USER ITEM…, such as 30000 user-1 item-0 item-1 item-2");
    return 2;
}

HostApplicationBuilder builder = Host.CreateApplicationBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.AddDinOrleansGrainClient(cluster => cluster.GatewayPort = port);
using IHost host = builder.Build();
try
{
    await host.StartAsync();
    IUserGrain user = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IUserGrain>(userId);

    // The time that is left travels with the call, so that a ranking that nobody waits for any more costs no scoring.
    var query = new RankQuery { Candidates = itemIds, TimeLeft = TimeSpan.FromSeconds(10) };
    Ranking before = await user.RankAsync(query);
    Print(before);

    var click = new BehaviourEvent
    {
        EventId = Guid.NewGuid().ToString("N"),
        UserId = userId,
        ItemId = before.Items[0].ItemId,
        Type = "click",
        Timestamp = DateTimeOffset.UtcNow,
        RankingId = before.RankingId,
    };
    AppendResult sent = await user.AppendAsync([click]);
    Console.WriteLine($"Sent a click on {click.ItemId}: {sent.Accepted} accepted, {sent.Duplicates} sent before.");

    Print(await user.RankAsync(query));
    await host.StopAsync();
    return 0;
}
catch (InvalidInputException e)
{
    Console.Error.WriteLine($"The input breaks rules: {e.Message}");
    return 1;
}
catch (OverloadedException e)
{
    Console.Error.WriteLine($"{e.Message} Try again in {e.RetryAfter.TotalSeconds:F0} s.");
    return 1;
}
catch (Exception e) when (e is StoreUnavailableException or DeadlineExceededException or OrleansException or TimeoutException)
{
    Console.Error.WriteLine($"The cluster cannot answer now: {e.Message}");
    return 1;
}

static void Print(Ranking ranking)
{
    Console.WriteLine($"Ranked by {ranking.ModelVersion ?? "popularity"}, with {ranking.HistoryLength} behaviours:");
    foreach (RankedItem item in ranking.Items)
    {
        Console.WriteLine($"  {item.Score:F3}  {item.ItemId}{(item.UnknownItem ? " (not in the catalogue)" : "")}");
    }
}
