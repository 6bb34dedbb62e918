namespace DinOrleans.Client;

/// <summary>The model versions of a server.</summary>
public interface IModels
{
    /// <summary>Returns the versions, and which silo serves which.</summary>
    Task<ModelRegistry> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns how a published version was made; null where there is no such version.</summary>
    Task<ModelOrigin?> GetAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>Publishes a version that lies in the artifact store.</summary>
    /// <param name="version">The name of the version.</param>
    /// <param name="rollOut">False to record the version only, so that an experiment can name it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ModelRegistry> PublishAsync(string version, bool rollOut = true, CancellationToken cancellationToken = default);

    /// <summary>Makes a known version the one to serve, for example to go back to an earlier one.</summary>
    Task<ModelRegistry> ActivateAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>
    /// Puts a version into the artifact store. The files are read while they are sent, so that a version may be larger than memory. The call takes as long
    /// as that takes.
    /// </summary>
    /// <param name="version">The name of the version.</param>
    /// <param name="folder">The folder of the version's files, which "dinorleans train" has written.</param>
    /// <param name="progress">Is told how much was sent; null for nobody.</param>
    /// <param name="cancellationToken">Ends the call. The server removes what it has received.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    Task UploadAsync(string version, string folder, IProgress<UploadProgress>? progress = null, CancellationToken cancellationToken = default);
}
