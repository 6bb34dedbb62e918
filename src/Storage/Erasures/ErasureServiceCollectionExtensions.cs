using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Storage.Erasures;

/// <summary>Registers the erasure journal.</summary>
internal static class ErasureServiceCollectionExtensions
{
    /// <summary>Adds the journal, in the folder <c>erasures</c> of the data folder unless the settings name another one.</summary>
    /// <param name="services">The services of the process.</param>
    /// <param name="folder">The data folder.</param>
    public static IServiceCollection AddErasureJournal(this IServiceCollection services, string folder)
    {
        services.AddOptions<ErasureOptions>().PostConfigure(o => o.Folder = string.IsNullOrWhiteSpace(o.Folder) ? Path.Combine(folder, ErasureJournal.FolderName) : o.Folder);
        return services.AddSingleton<ErasureJournal>();
    }
}
