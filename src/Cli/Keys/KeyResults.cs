using DinOrleans.Client;

namespace DinOrleans.Cli.Keys;

/// <summary>The keys of a server.</summary>
/// <param name="Keys">The keys without their secrets, newest first.</param>
internal sealed record ListedKeys(IReadOnlyList<ApiKey> Keys);

/// <summary>A key that was revoked.</summary>
/// <param name="Id">The id of the key.</param>
internal sealed record RevokedKey(string Id);
