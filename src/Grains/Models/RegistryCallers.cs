namespace DinOrleans.Grains.Models;

/// <summary>Tells calls of silos from calls of clients.</summary>
internal static class RegistryCallers
{
    /// <summary>The beginning of the id of a client that is part of a silo. Other clients have a random id.</summary>
    private const string Hosted = "hosted-";

    /// <summary>True if a call came from a process that is not a silo: neither from a grain, nor from code that runs beside grains in a silo.</summary>
    /// <param name="source">The caller. Null where it is not known.</param>
    public static bool IsOutside(GrainId? source) =>
        source is not { } caller || (caller.IsClient() && caller.Key.ToString()?.StartsWith(Hosted, StringComparison.Ordinal) != true);
}
