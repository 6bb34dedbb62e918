using System.Runtime.CompilerServices;
using System.Text;
using DinOrleans.Model.Artifacts;

namespace DinOrleans.Training.Checkpoints;

/// <summary>Reads what a <see cref="CheckpointWriter"/> wrote, in the same order, and checks every name and length.</summary>
/// <param name="stream">The stream, which stays the caller's.</param>
/// <param name="file">The path that error messages name.</param>
/// <param name="end">The position at which the values end.</param>
internal sealed class CheckpointReader(Stream stream, string file, long end)
{
    public long Long(string name)
    {
        Name(name);
        return One<long>();
    }

    public int Int(string name) => (int)Long(name);

    public double Double(string name)
    {
        Name(name);
        return One<double>();
    }

    public string Text(string name)
    {
        Name(name);
        return Text();
    }

    /// <summary>Reads an array of any length.</summary>
    public T[] Array<T>(string name)
        where T : unmanaged
    {
        Name(name);
        T[] values = new T[Length<T>()];
        Fill(values.AsSpan());
        return values;
    }

    /// <summary>Reads an array of a known length.</summary>
    public void Read<T>(string name, Span<T> values)
        where T : unmanaged
    {
        Name(name);
        int length = Length<T>();
        if (length != values.Length)
        {
            throw new CheckpointException(file, $"{name} has {length} values, but {values.Length} are needed");
        }

        Fill(values);
    }

    /// <exception cref="CheckpointException">There is more to read.</exception>
    public void Complete()
    {
        if (stream.Position != end)
        {
            throw new CheckpointException(file, "goes on after its last value");
        }
    }

    private void Name(string expected)
    {
        string name = Text();
        if (name != expected)
        {
            throw new CheckpointException(file, $"has {name} in the place of {expected}");
        }
    }

    private string Text()
    {
        byte[] text = new byte[Length<byte>()];
        Fill(text.AsSpan());
        return Encoding.UTF8.GetString(text);
    }

    private int Length<T>()
        where T : unmanaged
    {
        int length = One<int>();
        return length >= 0 && (long)length * Unsafe.SizeOf<T>() <= end - stream.Position
            ? length
            : throw new CheckpointException(file, $"has an array of {length} values, which is longer than the file");
    }

    private T One<T>()
        where T : unmanaged
    {
        Span<T> value = stackalloc T[1];
        Fill(value);
        return value[0];
    }

    private void Fill<T>(Span<T> values)
        where T : unmanaged => RawBytes.Fill(values, stream.ReadExactly);
}
