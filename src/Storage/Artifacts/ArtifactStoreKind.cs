namespace DinOrleans.Storage.Artifacts;

/// <summary>Where model versions are kept.</summary>
public enum ArtifactStoreKind
{
    /// <summary>The folder <c>versions</c> of the data folder, which all processes of a cluster see.</summary>
    Folder,

    /// <summary>A bucket of Amazon S3, or of a store that speaks its protocol.</summary>
    S3,

    /// <summary>A container of Azure Blob Storage.</summary>
    AzureBlob,
}
