using System.Reflection;

namespace DinOrleans.Contracts.Tests.Serialization;

/// <summary>What two processes of different builds must agree on, as lines of text: one for each member, call and enum value.</summary>
internal static class WireFormat
{
    /// <summary>The contracts as they are now.</summary>
    public static IEnumerable<string> Lines() =>
        ContractTypes.Written.SelectMany(Members)
            .Concat(ContractTypes.GrainInterfaces.SelectMany(Calls))
            .Concat(ContractTypes.Enums.SelectMany(Values));

    /// <summary>The name of a type on the wire. One without an alias goes by the member that holds it, so its namespace may change.</summary>
    private static string Name(Type type) => type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.Name;

    private static IEnumerable<string> Members(Type type)
    {
        (uint? Id, PropertyInfo Member)[] members = [.. ContractTypes.State(type).Select(p => (p.GetCustomAttribute<IdAttribute>()?.Id, p)).OrderBy(m => m.Id)];
        return members.Length == 0 ? [Name(type)] : members.Select(m => $"{Name(type)} {m.Id} {m.Member.Name}: {Written(m.Member.PropertyType)}");
    }

    private static IEnumerable<string> Calls(Type type) => type.GetMethods().Select(m =>
        $"{Name(type)} {m.GetCustomAttribute<AliasAttribute>()?.Alias}({string.Join(", ", m.GetParameters().Select(p => Written(p.ParameterType)))}): {Written(m.ReturnType)}").Order();

    private static IEnumerable<string> Values(Type type) => Enum.GetValues(type).Cast<Enum>().Select(v => $"{Name(type)} {v:D} {v}");

    /// <summary>A type as source code has it. That of a member decides its bytes, even where no alias names it.</summary>
    private static string Written(Type type)
    {
        if (type.IsArray)
        {
            return Written(type.GetElementType()!) + "[]";
        }

        string name = Name(type);
        return type.IsGenericType ? $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Written))}>" : name;
    }
}
