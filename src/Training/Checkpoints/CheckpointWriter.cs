using System.Security.Cryptography;
using System.Text;
using DinOrleans.Model.Artifacts;

namespace DinOrleans.Training.Checkpoints;

/// <summary>Writes named values in little-endian order, and the SHA-256 of all of them last.</summary>
/// <param name="stream">The stream, which stays the caller's.</param>
internal sealed class CheckpointWriter(Stream stream) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Write(string name, long value)
    {
        Text(name);
        Raw([value]);
    }

    public void Write(string name, double value)
    {
        Text(name);
        Raw([value]);
    }

    public void Write(string name, string value)
    {
        Text(name);
        Text(value);
    }

    /// <summary>Writes an array of numbers.</summary>
    public void Write<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Text(name);
        Raw([values.Length]);
        Raw(values);
    }

    /// <summary>Writes values without a name.</summary>
    public void Raw<T>(ReadOnlySpan<T> values)
        where T : unmanaged => RawBytes.Read(values, bytes =>
        {
            _hash.AppendData(bytes);
            stream.Write(bytes);
        });

    /// <summary>Writes the digest. Nothing may be written after it.</summary>
    public void Complete() => stream.Write(_hash.GetHashAndReset());

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void Text(string value)
    {
        byte[] text = Encoding.UTF8.GetBytes(value);
        Raw([text.Length]);
        Raw<byte>(text);
    }
}
