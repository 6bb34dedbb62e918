using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DinOrleans.Model.Artifacts;

/// <summary>The names of the files of an artifact, and how they are measured and verified.</summary>
internal static class ArtifactFiles
{
    public const string Manifest = "manifest.json";
    public const string Scorer = "scorer.onnx";
    public const string Parameters = "parameters.bin";
    public const string Sample = "sample.json";

    private const string TableExtension = ".f32";

    /// <summary>The bytes that are read at once, a multiple of the 4 bytes of a float.</summary>
    private const int BufferBytes = 1 << 20;

    /// <summary>The bits of a float's exponent: all of them are set only in NaN and the infinities.</summary>
    private const uint Exponent = 0x7F80_0000;

    private static readonly string EmptyDigest = Convert.ToHexStringLower(SHA256.HashData([]));

    public static string Vocabulary(string key) => $"vocabularies/{key}.jsonl";

    public static string Table(string key) => $"embeddings/{key}{TableExtension}";

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
            bool isTable = file.EndsWith(TableExtension, StringComparison.Ordinal);
            string digest = Digest(stream, part => isFinite &= !isTable || IsFinite(part), cancellationToken);
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

    private static bool IsFinite(ReadOnlySpan<byte> bytes)
    {
        foreach (uint bits in MemoryMarshal.Cast<byte, uint>(bytes))
        {
            if ((bits & Exponent) == Exponent)
            {
                return false;
            }
        }

        return true;
    }
}
