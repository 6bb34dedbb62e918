using System.Reflection;
using System.Runtime.CompilerServices;
using DinOrleans.Grains.Scoring;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace DinOrleans.Contracts.Tests.Serialization;

public sealed class WireRoundTripTests
{
    private static readonly string[] EmptyTexts = ["null", "[]", "{}", "\"\""];

    private static readonly Serializer Serializer =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    public static TheoryData<string> SampleNames => [.. WireSamples.All.Select(s => s.GetType().Name)];

    [Fact]
    public void Samples_OfTheContracts_AreOneOfEachType() => Assert.Equal(
        ContractTypes.Records.Concat(ContractTypes.Exceptions).Select(t => t.Name).Order(), WireSamples.All.Select(s => s.GetType().Name).Order());

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void Sample_EveryMember_HasAValueOfItsOwn(string name)
    {
        object sample = Sample(name), unset = Unset(sample.GetType());
        Assert.All(ContractTypes.State(sample.GetType()), member =>
        {
            string value = Text(sample, member);
            Assert.False(EmptyTexts.Contains(value) || value == Text(unset, member), $"{nameof(WireSamples)} leaves {name}.{member.Name} at its default, {value}.");
        });
    }

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void RoundTrip_OfASample_KeepsEveryMember(string name)
    {
        object sent = Sample(name), read = RoundTrip(sent);
        Assert.Same(sent.GetType(), read.GetType());
        Assert.All(ContractTypes.State(sent.GetType()), member => Assert.Equal(Text(sent, member), Text(read, member)));
        Assert.Equal((sent as Exception)?.Message, (read as Exception)?.Message);
    }

    [Fact]
    public void RoundTrip_ABlockShorterThanItsBuffer_SendsTheBlockAlone()
    {
        var block = (FloatBlock)RoundTrip(new FloatBlock([1f, float.NaN, float.NegativeInfinity, 4f, 5f], 3));
        Assert.Equal([1f, float.NaN, float.NegativeInfinity], block.Span.ToArray());
        Assert.Equal(3, block.Length);
    }

    [Fact]
    public void RoundTrip_AnEmptyBlock_IsEmpty() => Assert.Equal(0, ((FloatBlock)RoundTrip(FloatBlock.Empty)).Length);

    [Fact]
    public void RoundTrip_ABlock_CostsFourBytesAFloat()
    {
        int small = Serializer.SerializeToArray<object>(new FloatBlock(new float[1000])).Length;
        int large = Serializer.SerializeToArray<object>(new FloatBlock(new float[2000])).Length;
        Assert.Equal(4000, large - small);
    }

    // As an object, which is how an answer or a failure travels: its type goes along.
    private static object RoundTrip(object value) => Serializer.Deserialize<object>(Serializer.SerializeToArray(value))!;

    private static object Sample(string name) => WireSamples.All.Single(s => s.GetType().Name == name);

    /// <summary>A value of a type of which nothing was set: each member has the default that its declaration gives it.</summary>
    private static object Unset(Type type)
    {
        ConstructorInfo[] constructors = type.GetConstructors();
        if (typeof(Exception).IsAssignableFrom(type) || constructors.Length == 0)
        {
            return RuntimeHelpers.GetUninitializedObject(type);
        }

        ConstructorInfo constructor = constructors.MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => p.HasDefaultValue ? p.DefaultValue : null)]);
    }

    private static string Text(object value, PropertyInfo member) => WireSamples.Text(member.GetValue(value), member.PropertyType);
}
