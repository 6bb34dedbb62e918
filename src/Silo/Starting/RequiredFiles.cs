using DinOrleans.Grains.Shop;
using DinOrleans.Model.Validation;
using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Silo.Starting;

/// <summary>Reads the shop's schema before any service that needs it is created.</summary>
internal sealed class RequiredFiles(IServiceProvider services) : IStartCheck
{
    private const string Setting = $"{ShopOptions.Section}:{nameof(ShopOptions.SchemaFile)}";

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            services.GetRequiredService<ShopSchema>();
            return Task.CompletedTask;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidContentException)
        {
            throw new SettingException($"{Setting} names a schema that cannot be read: {e.Message}", e);
        }
    }
}
