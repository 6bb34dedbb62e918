using System.Security.Cryptography;

namespace DinOrleans.Training.Checkpoints;

/// <summary>
/// <c>checkpoint.bin</c>: "DINCKPT" and the number of its format, then named values, then the SHA-256 of everything before. It is written beside its
/// place, flushed to disk and renamed into it, so that an interruption leaves the earlier checkpoint.
/// </summary>
internal static class CheckpointFile
{
    public const string Name = "checkpoint.bin";

    /// <summary>The format that this program writes and reads.</summary>
    public const int CurrentFormat = 2;

    private const int BufferSize = 1 << 20;
    private static readonly byte[] Magic = "DINCKPT\0"u8.ToArray();

    /// <summary>Replaces a checkpoint.</summary>
    public static void Write(string file, Action<CheckpointWriter> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        string beside = file + ".writing";
        using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize))
        {
            using var writer = new CheckpointWriter(stream);
            writer.Raw<byte>(Magic);
            writer.Raw([CurrentFormat]);
            content(writer);
            writer.Complete();
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, file, overwrite: true);
    }

    /// <summary>Reads a checkpoint after it was verified as a whole.</summary>
    /// <exception cref="CheckpointException">The file is missing, damaged, of another format, or has other values than are read.</exception>
    public static void Read(string file, Action<CheckpointReader> content)
    {
        if (!File.Exists(file))
        {
            throw new CheckpointException(file, "there is no checkpoint to resume from");
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);
        long end = Verify(stream, file);
        var reader = new CheckpointReader(stream, file, end);
        try
        {
            content(reader);
        }
        catch (EndOfStreamException e)
        {
            throw new CheckpointException(file, "ends before its last value", e);
        }

        reader.Complete();
    }

    /// <summary>Verifies the header and the digest, and leaves the stream after the header.</summary>
    /// <returns>The position at which the values end.</returns>
    private static long Verify(FileStream stream, string file)
    {
        int header = Magic.Length + sizeof(int);
        long end = stream.Length - SHA256.HashSizeInBytes;
        Span<byte> start = stackalloc byte[header];
        if (end < header || stream.ReadAtLeast(start, header) < header || !start[..Magic.Length].SequenceEqual(Magic))
        {
            throw new CheckpointException(file, "is not a checkpoint, or is cut short");
        }

        int format = BitConverter.ToInt32(start[Magic.Length..]);
        if (format != CurrentFormat)
        {
            throw new CheckpointException(file, $"has format {format}, but this program reads format {CurrentFormat}");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(start);
        byte[] buffer = new byte[BufferSize];
        for (long left = end - header; left > 0;)
        {
            int read = stream.ReadAtLeast(buffer.AsSpan(0, (int)Math.Min(left, buffer.Length)), 1);
            hash.AppendData(buffer, 0, read);
            left -= read;
        }

        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        stream.ReadExactly(expected);
        if (!hash.GetHashAndReset().AsSpan().SequenceEqual(expected))
        {
            throw new CheckpointException(file, "is damaged: its SHA-256 differs from the one that it was written with");
        }

        stream.Position = header;
        return end;
    }
}
