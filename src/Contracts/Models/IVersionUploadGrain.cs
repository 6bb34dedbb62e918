using Orleans.CodeGeneration;

namespace DinOrleans.Contracts.Models;

/// <summary>Takes the files of one version, part by part, into the artifact store; one grain per upload, with a key that no other upload has.</summary>
/// <remarks>The version is seen only after it is complete. What an upload that ends early leaves is removed.</remarks>
[Alias("DinOrleans.IVersionUploadGrain"), Version(1)]
public interface IVersionUploadGrain : IGrainWithGuidKey
{
    /// <summary>Appends bytes to a file of the version.</summary>
    /// <exception cref="InvalidInputException">A name or a size breaks a rule, or the bytes do not follow those before. The upload is over.</exception>
    /// <exception cref="StoreUnavailableException">The store does not take them now. The upload is over.</exception>
    [Alias("Write"), ResponseTimeout("00:01:00")]
    Task WriteAsync(VersionPart part, CancellationToken cancellationToken = default);

    /// <summary>Verifies every file and puts the version into the store. Does nothing where the same version is there.</summary>
    /// <exception cref="InvalidInputException">
    /// The version is damaged, is made for another shop, or has the name of another one in the store. The message says which file and why.
    /// </exception>
    /// <exception cref="StoreUnavailableException">The store does not take it now.</exception>
    [Alias("Complete"), ResponseTimeout("00:10:00")]
    Task CompleteAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>Removes what was taken so far.</summary>
    [Alias("Abandon"), ResponseTimeout(CallDeadlines.Usual)]
    Task AbandonAsync(CancellationToken cancellationToken = default);
}

/// <summary>A part of a file of a version.</summary>
/// <param name="Version">The version; the same for all parts.</param>
/// <param name="File">The file's path in the version's folder, with forward slashes.</param>
/// <param name="Offset">Where in the file the bytes begin: 0, or where the part before has ended.</param>
/// <param name="Bytes">The bytes, at most <see cref="MaxBytes"/> of them.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.VersionPart")]
public sealed record VersionPart(
    [property: Id(0)] string Version,
    [property: Id(1)] string File,
    [property: Id(2)] long Offset,
    [property: Id(3)] byte[] Bytes)
{
    /// <summary>The most bytes of a part, 1 MiB.</summary>
    public const int MaxBytes = 1 << 20;
}
