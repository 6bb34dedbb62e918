using System.Reflection;
using System.Runtime.CompilerServices;
using DinOrleans.Grains.Inference;

namespace DinOrleans.Contracts.Tests.Serialization;

/// <summary>The types that travel between processes: the contracts, and what silos send each other.</summary>
internal static class ContractTypes
{
    private static readonly Type[] Public = Exported(typeof(Violation));

    private static readonly Type[] OfSilos = [.. Exported(typeof(IInferenceGrain)).Where(t => IsGrainInterface(t) || t.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))];

    public static IReadOnlyList<Type> GrainInterfaces { get; } = [.. Public.Concat(OfSilos).Where(IsGrainInterface)];

    public static IReadOnlyList<Type> Exceptions { get; } = [.. Public.Concat(OfSilos).Where(t => typeof(Exception).IsAssignableFrom(t))];

    public static IReadOnlyList<Type> Records { get; } = [.. Public.Concat(OfSilos).Where(IsRecord)];

    public static IReadOnlyList<Type> Enums { get; } = [.. Public.Where(t => t.IsEnum)];

    /// <summary>Every type that the serializer writes: records, exceptions and surrogates.</summary>
    public static IReadOnlyList<Type> Written { get; } =
        [.. Records, .. Exceptions, .. Public.Concat(OfSilos).Where(IsSurrogate)];

    /// <summary>The state of a type that must have an id to be written.</summary>
    public static IEnumerable<PropertyInfo> State(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(p => type.GetField($"<{p.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic) is not null);

    private static Type[] Exported(Type one) => [.. one.Assembly.GetExportedTypes().Where(t => t.Namespace!.StartsWith("DinOrleans", StringComparison.Ordinal))];

    private static bool IsGrainInterface(Type type) => type.IsInterface && typeof(IGrain).IsAssignableFrom(type);

    private static bool IsRecord(Type type) =>
        (type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is { } print && print.IsDefined(typeof(CompilerGeneratedAttribute)))
        || (type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) && !typeof(Exception).IsAssignableFrom(type) && !IsSurrogate(type) && !type.IsEnum);

    private static bool IsSurrogate(Type type) => type.Name.EndsWith("Surrogate", StringComparison.Ordinal);
}
