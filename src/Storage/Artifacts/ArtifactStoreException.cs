namespace DinOrleans.Storage.Artifacts;

/// <summary>
/// The artifact store cannot do what it was asked for. The message names the store, the object and what to do. It holds no secret, and the error of
/// the driver is not attached, because that may hold one.
/// </summary>
public sealed class ArtifactStoreException : IOException
{
    /// <param name="message">What failed and what to do.</param>
    /// <param name="mayPass">True where the same call may succeed later without anybody changing a setting or a right.</param>
    public ArtifactStoreException(string message, bool mayPass)
        : base(message) => MayPass = mayPass;

    /// <summary>True where the same call may succeed later without anybody changing a setting or a right.</summary>
    public bool MayPass { get; }
}
