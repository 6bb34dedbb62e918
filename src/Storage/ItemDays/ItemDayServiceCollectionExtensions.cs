using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Storage.ItemDays;

/// <summary>Registers the counts of events per item and day.</summary>
internal static class ItemDayServiceCollectionExtensions
{
    /// <summary>Writes what the behaviour log of this process counts.</summary>
    /// <remarks>Add it after the stores and before what uses them, so that it stops after everything that appends events.</remarks>
    public static IServiceCollection AddItemDayWriter(this IServiceCollection services) => services
        .AddSingleton<ItemDayWriter>()
        .AddHostedService(s => s.GetRequiredService<ItemDayWriter>());
}
