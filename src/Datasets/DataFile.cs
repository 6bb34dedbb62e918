namespace DinOrleans.Datasets;

/// <summary>Opens data files to read them from start to end.</summary>
internal static class DataFile
{
    /// <summary>The number of bytes that are read at once.</summary>
    public const int BufferSize = 1 << 16;

    private const int MagicLength = 4;

    /// <summary>
    /// Opens a file, and unpacks it if it is gzip. Its content decides, because files get renamed. A name that ends in <c>.gz</c> always means gzip, so that
    /// an empty or overwritten file is refused. Only the name decides for files that cannot be read twice, such as pipes.
    /// </summary>
    /// <exception cref="DatasetException">The file does not exist, cannot be read, or is an archive.</exception>
    public static Stream OpenRead(string path)
    {
        FileStream file = Open(path);
        try
        {
            Span<byte> first = stackalloc byte[MagicLength];
            if (file.CanSeek)
            {
                first = first[..file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)];
                file.Position = 0;
            }

            if (IsZip(first))
            {
                throw new DatasetException($"{path}: is a zip archive; unpack it and give the file in it.");
            }

            bool isGzip = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) || GzipInput.IsMagic(first);
            return isGzip ? new GzipMembers(file) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static bool IsZip(ReadOnlySpan<byte> bytes) => bytes is [(byte)'P', (byte)'K', 3, 4];

    private static FileStream Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new DatasetException(Directory.Exists(path) ? $"{path} is a folder, not a file." : $"There is no file {path}.");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path}: the file cannot be opened to read it; is this user allowed to, and does no other program hold it?", e);
        }
    }
}
