using System.IO.Compression;

namespace DinOrleans.Training.Datasets;

/// <summary>Files of data, read from front to back.</summary>
internal static class DataFile
{
    /// <summary>Bytes read at a time.</summary>
    public const int BufferSize = 1 << 16;

    /// <summary>Opens a file, gzipped where its name ends in <c>.gz</c>.</summary>
    /// <exception cref="DatasetException">There is no such file.</exception>
    public static Stream OpenRead(string path)
    {
        if (!File.Exists(path))
        {
            throw new DatasetException($"{path}: there is no such file.");
        }

        Stream stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
        return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }
}
