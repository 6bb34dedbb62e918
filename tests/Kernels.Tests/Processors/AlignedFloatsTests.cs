using System.Runtime.CompilerServices;
using DinOrleans.Kernels.Processors;

namespace DinOrleans.Kernels.Tests.Processors;

public sealed class AlignedFloatsTests
{
    [Fact]
    public unsafe void Room_EveryGrowth_BeginsAtACacheLine()
    {
        var buffer = new AlignedFloats();
        foreach (int length in (int[])[1, 3, 100, 50, 5_000])
        {
            Span<float> room = buffer.Room(length);
            Assert.Equal(length, room.Length);
            Assert.Equal((nuint)0, (nuint)Unsafe.AsPointer(ref room[0]) % 64);
        }
    }
}
