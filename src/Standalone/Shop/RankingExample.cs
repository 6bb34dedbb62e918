using System.Text.Json;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace DinOrleans.Standalone.Shop;

/// <summary>Makes a command line that ranks a few items for a user of the shop.</summary>
public sealed class RankingExample(IServer server, IItemStore items, IBehaviourLog behaviours)
{
    private const int Candidates = 6;

    /// <summary>Makes one line to copy. In a shop without events or items it names ids that do not exist, because any id can be ranked.</summary>
    public async Task<string> CurlAsync(CancellationToken cancellationToken)
    {
        string user = await behaviours.ReadAllAsync(cancellationToken).Select(e => e.UserId).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false) ?? "user-1";
        string[] known = await items.ReadAllAsync(cancellationToken).Select(i => i.ItemId)
            .Take(Candidates).ToArrayAsync(cancellationToken).ConfigureAwait(false);
        var candidates = (known.Length > 0 ? known : ["item-1", "item-2"]).Select(itemId => new { itemId });
        string body = JsonSerializer.Serialize(new { userId = user, candidates, explain = true });
        return $"curl -s {Address()}/v1/rank -H 'content-type: application/json' -d '{body.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    private string Address()
    {
        string address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5000";
        return address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal).TrimEnd('/');
    }
}
