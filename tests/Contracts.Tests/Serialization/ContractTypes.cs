using System.Reflection;
using System.Runtime.CompilerServices;

namespace DinOrleans.Contracts.Tests.Serialization;

/// <summary>The types that travel between processes.</summary>
internal static class ContractTypes
{
    private static readonly Type[] Public = [.. typeof(Violation).Assembly.GetExportedTypes().Where(t => t.Namespace!.StartsWith("DinOrleans", StringComparison.Ordinal))];

    public static IReadOnlyList<Type> GrainInterfaces { get; } = [.. Public.Where(t => t.IsInterface && typeof(IGrain).IsAssignableFrom(t))];

    public static IReadOnlyList<Type> Exceptions { get; } = [.. Public.Where(t => typeof(Exception).IsAssignableFrom(t))];

    public static IReadOnlyList<Type> Records { get; } = [.. Public.Where(IsRecord)];

    public static IReadOnlyList<Type> Enums { get; } = [.. Public.Where(t => t.IsEnum)];

    /// <summary>Every type that the serializer writes: records, exceptions and surrogates.</summary>
    public static IReadOnlyList<Type> Written { get; } =
        [.. Records, .. Exceptions, .. Public.Where(t => t.Name.EndsWith("Surrogate", StringComparison.Ordinal))];

    /// <summary>The state of a type that must have an id to be written.</summary>
    public static IEnumerable<PropertyInfo> State(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(p => type.GetField($"<{p.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic) is not null);

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is { } print && print.IsDefined(typeof(CompilerGeneratedAttribute));
}
