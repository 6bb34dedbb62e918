namespace DinOrleans.Benchmarks.Load;

/// <summary>Where a load takes its requests from; many connections ask at once.</summary>
internal interface IRequestSource
{
    /// <summary>The next request as the bytes that go over the wire.</summary>
    ReadOnlyMemory<byte> Next();
}
