namespace DinOrleans.Grains.Models;

/// <summary>Tells calls of silos from those of clients.</summary>
internal static class RegistryCallers
{
    /// <summary>What the id of a client that is part of a silo begins with; clients outside have a random id.</summary>
    private const string Hosted = "hosted-";

    /// <summary>Whether a call came from a process that is not a silo: neither a grain nor what runs beside grains in a silo.</summary>
    /// <param name="source">Who called; null where that is not known.</param>
    public static bool IsOutside(GrainId? source) =>
        source is not { } caller || (caller.IsClient() && caller.Key.ToString()?.StartsWith(Hosted, StringComparison.Ordinal) != true);
}
