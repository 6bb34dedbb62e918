using System.Buffers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Session;
using Orleans.Serialization.WireProtocol;

namespace DinOrleans.Contracts.Tests.Serialization;

/// <summary>This build reads what an earlier build has written, and what a later one may write.</summary>
public sealed class OtherBuildTests
{
    private const string File = "tests/Contracts.Tests/Serialization/WireBytes.txt";
    private const byte EndOfObject = 0xE0;

    /// <summary>Says that the number of a member follows, as the distance from the one before.</summary>
    private const byte NumberFollows = 0b111;

    private static readonly ServiceProvider Services = new ServiceCollection().AddSerializer().BuildServiceProvider();
    private static readonly Serializer Serializer = Services.GetRequiredService<Serializer>();

    public static TheoryData<string> SampleNames => [.. WireSamples.All.Select(s => s.GetType().Name)];

    public static TheoryData<int> Lines => [.. Enumerable.Range(0, RecordedBytes.All.Count)];

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void Bytes_OfThisBuild_AreRecordedForTheNext(string name)
    {
        object sample = Sample(name);
        RecordedBytes? last = RecordedBytes.All.LastOrDefault(r => r.Type == RecordedBytes.NameOf(sample));
        Assert.True(
            last is not null && JsonNode.DeepEquals(last.Content, WireContent.Of(sample)),
            $"{File} does not have {name} as it is. Add this line at its end, and leave the others: later builds must read them.\n" +
            RecordedBytes.Line(sample, Serializer.SerializeToArray(sample)));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Bytes_OfAnEarlierBuild_AreReadAsTheyWereWritten(int line)
    {
        RecordedBytes recorded = RecordedBytes.All[line];
        object read = Serializer.Deserialize<object>(recorded.Bytes)!;
        Assert.Equal(recorded.Type, RecordedBytes.NameOf(read));
        JsonNode? content = WireContent.Of(read);
        Assert.True(WireContent.Holds(content, recorded.Content), $"{recorded.Type} was {recorded.Content.ToJsonString()} and is read as {content!.ToJsonString()}");
    }

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void Bytes_WithMembersOfALaterBuild_AreReadWithoutThem(string name)
    {
        object sample = Sample(name);
        object read = Serializer.Deserialize<object>(WithLaterMembers(Serializer.SerializeToArray(sample)))!;
        Assert.Equal(WireContent.Of(sample)!.ToJsonString(), WireContent.Of(read)!.ToJsonString());
    }

    [Fact]
    public void Holds_AValueThatLacksOrChangesSomething_IsFalse()
    {
        JsonNode held = JsonNode.Parse("""{"0":[{"0":1,"1":2}],"1":null}""")!;
        Assert.True(WireContent.Holds(held, JsonNode.Parse("""{"0":[{"0":1}]}""")));
        Assert.False(WireContent.Holds(held, JsonNode.Parse("""{"0":[{"0":2}]}""")));
        Assert.False(WireContent.Holds(held, JsonNode.Parse("""{"0":[]}""")));
        Assert.False(WireContent.Holds(held, JsonNode.Parse("""{"2":1}""")));
    }

    private static object Sample(string name) => WireSamples.All.Single(s => s.GetType().Name == name);

    /// <summary>Adds a number, a text and a record of a type that this build does not have, each as a member with a number that this build does not use.</summary>
    private static byte[] WithLaterMembers(byte[] bytes)
    {
        Assert.Equal(EndOfObject, bytes[^1]);
        var buffer = new ArrayBufferWriter<byte>();
        using SerializerSession session = Services.GetRequiredService<SerializerSessionPool>().GetSession();
        var writer = Writer.Create(buffer, session);
        writer.Write(bytes.AsSpan(0, bytes.Length - 1));

        Begin(ref writer, (byte)WireType.VarInt);
        writer.WriteVarUInt32(7);

        Begin(ref writer, (byte)WireType.LengthPrefixed);
        writer.WriteVarUInt32(5);
        writer.Write("later"u8);

        Begin(ref writer, (byte)WireType.TagDelimited | (byte)SchemaType.Encoded);
        ReadOnlySpan<byte> type = "DinOrleans.OfALaterBuild"u8;
        writer.WriteByte(1);
        writer.WriteInt32(4711);
        writer.WriteVarUInt32((uint)type.Length);
        writer.Write(type);
        Begin(ref writer, (byte)WireType.VarInt);
        writer.WriteVarUInt32(7);
        writer.WriteByte(EndOfObject);

        writer.WriteByte(EndOfObject);
        writer.Commit();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Begin<TBuffer>(ref Writer<TBuffer> writer, int kind)
        where TBuffer : IBufferWriter<byte>
    {
        writer.WriteByte((byte)(kind | NumberFollows));
        writer.WriteVarUInt32(100);
    }
}
