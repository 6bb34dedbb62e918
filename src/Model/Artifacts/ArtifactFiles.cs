using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DinOrleans.Model.Representation;

namespace DinOrleans.Model.Artifacts;

/// <summary>The names of the files of an artifact, and how they are measured and verified.</summary>
internal static class ArtifactFiles
{
    public const string Manifest = "manifest.json";
    public const string Scorer = "scorer.onnx";
    public const string Parameters = "parameters.bin";
    public const string Sample = "sample.json";

    private const string Table32 = ".f32";
    private const string Table16 = ".f16";
    private const string Table8 = ".i8";

    /// <summary>The bytes that are read at once, a multiple of the 4 bytes of a float.</summary>
    private const int BufferBytes = 1 << 20;

    /// <summary>The bits of a float's exponent: all of them are set only in NaN and the infinities.</summary>
    private const uint Exponent = 0x7F80_0000;

    /// <summary>The same of a 16-bit float.</summary>
    private const ushort HalfExponent = 0x7C00;

    private static readonly string EmptyDigest = Convert.ToHexStringLower(SHA256.HashData([]));

    /// <summary>The vocabulary of a feature.</summary>
    /// <param name="key">The feature's key.</param>
    /// <param name="format">The format of the artifact: vocabularies of format 2 are lines of JSON.</param>
    public static string Vocabulary(string key, int format) => $"vocabularies/{key}.{(format == ArtifactManifest.OldestFormat ? "jsonl" : "values")}";

    /// <summary>The file of a table's rows.</summary>
    public static string Table(string key, TableNumbers numbers, int dimension) => $"embeddings/{key}" + numbers.Of(dimension) switch
    {
        TableNumbers.Bits8 => Table8,
        TableNumbers.Bits16 => Table16,
        _ => Table32,
    };

    /// <summary>The file of the scales of a table's rows; null where rows of this width have none.</summary>
    public static string? Scales(string key, TableNumbers numbers, int dimension) =>
        numbers.Of(dimension) == TableNumbers.Bits8 ? $"embeddings/{key}.scales{Table32}" : null;

    /// <summary>The length of a file. Links are followed.</summary>
    /// <exception cref="ArtifactException">The file is missing, is not a file, or may not be read.</exception>
    public static long Length(string folder, string file)
    {
        try
        {
            var info = new FileInfo(Path.Combine(folder, file));
            FileSystemInfo final = info.LinkTarget is null ? info : info.ResolveLinkTarget(returnFinalTarget: true) ?? info;
            return final is FileInfo { Exists: true } found ? found.Length : throw new ArtifactException(file, "is missing");
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unreadable(file, e);
        }
    }

    /// <summary>Describes a file of a folder for the manifest.</summary>
    public static ArtifactFile Describe(string folder, string file)
    {
        using FileStream stream = File.OpenRead(Path.Combine(folder, file));
        return new(stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    /// <summary>Verifies the length and digest of a file, and that the numbers of an embedding table are finite.</summary>
    /// <remarks>The length is verified first, so that no more is read than the manifest says.</remarks>
    /// <exception cref="ArtifactException">The file is missing, may not be read, or is not what the manifest says.</exception>
    public static void Verify(string folder, string file, ArtifactFile expected, CancellationToken cancellationToken)
    {
        long bytes = Length(folder, file);
        if (bytes != expected.Bytes)
        {
            throw new ArtifactException(file, $"is damaged: it has {bytes} bytes, but the manifest says {expected.Bytes}");
        }

        if (bytes == 0)
        {
            // There is nothing to read. A pipe has no length either, and is not opened because reading it would never end.
            if (expected.Sha256 != EmptyDigest)
            {
                throw new ArtifactException(file, "is damaged: its SHA-256 differs from the manifest's");
            }

            return;
        }

        try
        {
            using var stream = new FileStream(Path.Combine(folder, file), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            bool isFinite = true;
            string digest = Digest(stream, part => isFinite &= IsFinite(file, part), cancellationToken);
            if (digest != expected.Sha256)
            {
                throw new ArtifactException(file, "is damaged: its SHA-256 differs from the manifest's");
            }

            if (!isFinite)
            {
                throw new ArtifactException(file, "has a number that is NaN or infinite");
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unreadable(file, e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ArtifactException(file, "is missing", e);
        }
    }

    /// <summary>Reads a text whose length was verified.</summary>
    /// <exception cref="ArtifactException">The file may not be read.</exception>
    public static string ReadText(string path, string file)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unreadable(file, e);
        }
    }

    private static ArtifactException Unreadable(string file, UnauthorizedAccessException cause) => new(file, "may not be read by this process", cause);

    private static string Digest(FileStream stream, Action<ReadOnlySpan<byte>> look, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[(int)Math.Clamp(stream.Length, 1, BufferBytes)];
        int read;
        while ((read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            look(buffer.AsSpan(0, read));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>True for every file that is not a table.</summary>
    private static bool IsFinite(string file, ReadOnlySpan<byte> bytes) =>
        file.EndsWith(Table16, StringComparison.Ordinal) ? AreFinite(MemoryMarshal.Cast<byte, ushort>(bytes), HalfExponent)
        : !file.EndsWith(Table32, StringComparison.Ordinal) || AreFinite(MemoryMarshal.Cast<byte, uint>(bytes), Exponent);

    private static bool AreFinite<T>(ReadOnlySpan<T> numbers, T exponent)
        where T : unmanaged, IBinaryInteger<T>
    {
        int i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            var exponents = new Vector<T>(exponent);
            for (; i <= numbers.Length - Vector<T>.Count; i += Vector<T>.Count)
            {
                if (Vector.EqualsAny(new Vector<T>(numbers[i..]) & exponents, exponents))
                {
                    return false;
                }
            }
        }

        for (; i < numbers.Length; i++)
        {
            if ((numbers[i] & exponent) == exponent)
            {
                return false;
            }
        }

        return true;
    }
}
