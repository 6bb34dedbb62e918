namespace DinOrleans.Grains.Models;

/// <summary>Tells why a version could not be loaded.</summary>
internal static class RefusalReason
{
    /// <summary>True if the same try may succeed later. The content of a file does not change, but whether it can be read does.</summary>
    public static bool MayPass(Exception error) => error is IOException or OutOfMemoryException or TimeoutException;
}
