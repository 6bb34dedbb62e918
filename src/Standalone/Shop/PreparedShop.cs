using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using DinOrleans.Silo.Starting;

namespace DinOrleans.Standalone.Shop;

/// <summary>Prepares the folders of the shop before anything else of the process starts.</summary>
/// <param name="arguments">The folders to prepare.</param>
/// <param name="dataLocks">The lock of the data folder, which makes the folder this process's alone. It is empty where silos share the folder.</param>
internal sealed class PreparedShop(StandaloneArguments arguments, IEnumerable<DataFolderLock> dataLocks) : IStartCheck
{
    /// <summary>The file that every folder of a model version has.</summary>
    private const string Manifest = "manifest.json";

    private ShopFolders? _folders;

    /// <summary>The prepared folders.</summary>
    /// <exception cref="InvalidOperationException">The check has not run yet.</exception>
    public ShopFolders Folders => _folders ?? throw new InvalidOperationException("The shop's folders are not prepared yet.");

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (arguments.ArtifactFolder is { } artifact && !File.Exists(Path.Combine(artifact, Manifest)))
        {
            throw new SettingException(StandaloneArguments.ArtifactOption, artifact, $"must be the folder of a model version, which has a {Manifest}");
        }

        foreach (DataFolderLock dataLock in dataLocks)
        {
            await dataLock.CheckAsync(cancellationToken).ConfigureAwait(false);
            ShopFolders.RemoveLeftOvers(arguments.DataFolder);
        }

        // A sample shop takes a while to make. A process that is asked to stop leaves it unfinished, and the next start removes it.
        _folders = await Task.Run(() => ShopPreparation.Prepare(arguments), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
