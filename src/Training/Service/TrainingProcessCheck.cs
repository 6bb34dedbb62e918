using DinOrleans.ClusterClient;
using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using DinOrleans.Training.Torch.NativeLibraries;
using Microsoft.Extensions.Options;

namespace DinOrleans.Training.Service;

/// <summary>Finds out before the start what would otherwise fail every training.</summary>
internal sealed class TrainingProcessCheck(IOptions<ClusterClientOptions> cluster, IOptions<TrainingProcessOptions> options) : IStartCheck
{
    private const string FolderSetting = $"{TrainingProcessOptions.Section}:{nameof(TrainingProcessOptions.DataFolder)}";

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        if (cluster.Value.Membership != ClusterMembership.PostgreSql)
        {
            throw new SettingException(
                $"{ClusterClientOptions.Section}:{nameof(ClusterClientOptions.Membership)}",
                $"{cluster.Value.Membership}",
                $"must be {ClusterMembership.PostgreSql} here: the data of an embedded shop belong to one process, and Standalone trains in it");
        }

        try
        {
            Directory.CreateDirectory(Path.GetFullPath(options.Value.DataFolder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(FolderSetting, options.Value.DataFolder, $"must be a folder that this process may write to ({e.Message.TrimEnd('.')})", e);
        }

        TorchRuntime.EnsureLoaded();
        return Task.CompletedTask;
    }
}
