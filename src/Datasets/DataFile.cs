namespace DinOrleans.Datasets;

/// <summary>Opens data files to read them from start to end.</summary>
internal static class DataFile
{
    /// <summary>The number of bytes that are read at once.</summary>
    public const int BufferSize = 1 << 16;

    private const int MagicLength = 4;

    private static readonly string[] ParquetNames = [".parquet", ".parq", ".pq"];

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

            if (WorkbookFile.IsZip(first))
            {
                throw new DatasetException($"{path}: {WorkbookFile.DescribeZip(file, path)}");
            }

            if (WorkbookFile.IsOldOrLocked(first))
            {
                throw new DatasetException($"{path}: {WorkbookFile.OldOrLocked}");
            }

            if (first.SequenceEqual("PAR1"u8))
            {
                throw new DatasetException($"{path}: is a Parquet file, whose name must end in .parquet.");
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

    /// <summary>True if a file is Parquet by its name. Its content is not looked at, because a pipe can be opened only once.</summary>
    public static bool IsParquet(string path) => ParquetNames.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Opens a file as it is.</summary>
    /// <exception cref="DatasetException">The file does not exist or cannot be read.</exception>
    public static FileStream OpenAsIs(string path) => Open(path);

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
