using DinOrleans.Grains.Scoring;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace DinOrleans.Grains.Inference;

/// <summary>Places a grain only on silos that advertise an accelerator.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresAcceleratorAttribute() : PlacementFilterAttribute(new AcceleratorPlacementFilter());

/// <summary>The filter behind <see cref="RequiresAcceleratorAttribute"/>.</summary>
public sealed class AcceleratorPlacementFilter : PlacementFilterStrategy
{
    /// <summary>The key of the silo metadata that names the accelerator. Silos that do not score do not have it.</summary>
    public const string MetadataKey = "dinorleans.accelerator";

    public AcceleratorPlacementFilter()
        : base(order: 0)
    {
    }

    /// <summary>Returns the metadata that a silo advertises.</summary>
    public static Dictionary<string, string> Metadata(Accelerator accelerator) =>
        accelerator == Accelerator.None ? [] : new() { [MetadataKey] = accelerator.ToString().ToLowerInvariant() };
}

/// <summary>Keeps the silos that advertise an accelerator, whatever silo or client calls.</summary>
public sealed class AcceleratorPlacementFilterDirector(ISiloMetadataCache metadata) : IPlacementFilterDirector
{
    /// <inheritdoc/>
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos) =>
        silos.Where(s => metadata.GetSiloMetadata(s).Metadata.ContainsKey(AcceleratorPlacementFilter.MetadataKey));
}
