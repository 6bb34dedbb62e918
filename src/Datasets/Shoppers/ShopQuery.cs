namespace DinOrleans.Datasets.Shoppers;

/// <summary>What a visiting shopper wants ranked.</summary>
/// <param name="UserId">The shopper's user id.</param>
/// <param name="Candidates">The ids of the items to rank, each once.</param>
/// <param name="Context">Context feature values by name, for example "device" to "ios".</param>
/// <param name="Limit">How many of the best items are shown, 1 to the number of candidates.</param>
public sealed record ShopQuery(string UserId, IReadOnlyList<string> Candidates, IReadOnlyDictionary<string, string> Context, int Limit);
