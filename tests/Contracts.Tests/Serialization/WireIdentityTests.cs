using System.Reflection;

namespace DinOrleans.Contracts.Tests.Serialization;

/// <summary>Names and numbers on the wire are written down, so that renaming or moving code breaks no process that runs an older one.</summary>
public sealed class WireIdentityTests
{
    public static TheoryData<Type> GrainInterfaces => [.. ContractTypes.GrainInterfaces];

    public static TheoryData<Type> Written => [.. ContractTypes.Written];

    [Theory]
    [MemberData(nameof(GrainInterfaces))]
    public void GrainInterface_AndItsMethods_HaveAliases(Type type)
    {
        Assert.NotNull(type.GetCustomAttribute<AliasAttribute>());
        string?[] aliases = [.. type.GetMethods().Select(m => m.GetCustomAttribute<AliasAttribute>()?.Alias)];
        Assert.NotEmpty(aliases);
        Assert.All(aliases, alias => Assert.NotNull(alias));
        Assert.Distinct(aliases);
    }

    [Theory]
    [MemberData(nameof(GrainInterfaces))]
    public void GrainInterface_EveryMethod_CanBeCancelled(Type type) =>
        Assert.All(type.GetMethods(), m => Assert.Equal(typeof(CancellationToken), m.GetParameters().LastOrDefault()?.ParameterType));

    [Theory]
    [MemberData(nameof(Written))]
    public void WrittenType_Always_HasAnAliasAndAnIdForEachMember(Type type)
    {
        Assert.True(type.IsDefined(typeof(GenerateSerializerAttribute)), "[GenerateSerializer] is missing");
        Assert.NotNull(type.GetCustomAttribute<AliasAttribute>());
        PropertyInfo[] state = [.. ContractTypes.State(type)];
        uint?[] ids = [.. state.Select(p => p.GetCustomAttribute<IdAttribute>()?.Id)];
        Assert.All(ids, id => Assert.NotNull(id));
        Assert.Distinct(ids);
    }

    [Fact]
    public void Aliases_OfAllTypes_AreDistinct() =>
        Assert.Distinct(ContractTypes.Written.Concat(ContractTypes.GrainInterfaces).Select(t => t.GetCustomAttribute<AliasAttribute>()?.Alias));
}
