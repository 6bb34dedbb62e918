using System.Reflection;

namespace DinOrleans.Training.Tests.Service.Attempts;

/// <summary>Gives one object for every grain that is asked for.</summary>
public class GrainFactoryProxy : DispatchProxy
{
    private object _grain = new();

    /// <param name="grain">Implements all interfaces that are asked for.</param>
    public static IGrainFactory Of(object grain)
    {
        IGrainFactory factory = Create<IGrainFactory, GrainFactoryProxy>();
        ((GrainFactoryProxy)(object)factory)._grain = grain;
        return factory;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _grain;
}
