namespace DinOrleans.Benchmarks.Load;

/// <summary>Gives a load its requests. Many connections ask it at once.</summary>
internal interface IRequestSource
{
    /// <summary>The next request as the bytes that go over the wire.</summary>
    ReadOnlyMemory<byte> Next();
}
