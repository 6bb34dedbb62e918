using System.Globalization;
using DinOrleans.Contracts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Storage.Erasures;

/// <summary>
/// Records every erasure in a file outside of the database, before the database applies it. Each process appends to a file of its own, so that silos
/// can share the folder.
/// </summary>
public sealed partial class ErasureJournal(IOptions<ErasureOptions> options, TimeProvider time, ILogger<ErasureJournal> logger) : IDisposable
{
    /// <summary>The name of the folder in a data folder.</summary>
    public const string FolderName = "erasures";

    private readonly ILogger _logger = logger;
    private readonly DateTimeOffset _since = time.GetUtcNow();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _queue = new();
    private List<Entry> _waiting = [];
    private FileStream? _file;

    /// <summary>The folder of the journal.</summary>
    public string Folder { get; } = Path.GetFullPath(options.Value.Folder ?? FolderName);

    /// <summary>Makes the folder, and the first file where there is none, which says since when erasures are recorded.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public void Open()
    {
        try
        {
            if (!Directory.Exists(Folder) || !Files(Folder).Any())
            {
                Write([]);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"{ErasureOptions.Section}:{nameof(ErasureOptions.Folder)} is \"{Folder}\": it must be a folder that this process may write to ({e.Message.TrimEnd('.')}).", e);
        }
    }

    /// <summary>Reads what every process has recorded.</summary>
    /// <exception cref="InvalidDataException">A file is damaged. The message names it.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IReadOnlyList<Erasure> Read() => [.. Files(Folder).SelectMany(file => ErasureFile.Read(file).Erasures)];

    /// <summary>Lists the files of a journal.</summary>
    /// <param name="folder">The folder of the journal.</param>
    public static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*" + ErasureFile.Extension).Order(StringComparer.Ordinal);

    /// <summary>Records an erasure and returns after it is on disk. Erasures that wait at the same time share one write.</summary>
    /// <exception cref="StoreUnavailableException">The erasure is not recorded; it may be tried again.</exception>
    internal async Task AddAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var entry = new Entry(erasure);
        lock (_queue)
        {
            _waiting.Add(entry);
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!entry.IsWritten)
            {
                await Task.Run(WriteWaiting, CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }

        if (entry.Failure is not null)
        {
            throw new StoreUnavailableException("The erasure cannot be recorded now.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        _turn.Dispose();
    }

    private void WriteWaiting()
    {
        List<Entry> taken;
        lock (_queue)
        {
            taken = _waiting;
            _waiting = [];
        }

        try
        {
            Write([.. taken.SelectMany(entry => ErasureFile.Line(entry.Erasure))]);
        }
        catch (Exception e)
        {
            // The last line may be cut short, so nothing may follow it: what comes next goes to another file.
            _file?.Dispose();
            _file = null;
            taken.ForEach(entry => entry.Failure = e);
            LogFailed(e);
        }

        taken.ForEach(entry => entry.IsWritten = true);
    }

    private void Write(byte[] lines)
    {
        if (_file is not null && !File.Exists(_file.Name))
        {
            // Somebody has removed the file. What is written to it would be lost.
            _file.Dispose();
            _file = null;
        }

        if (_file is null)
        {
            Directory.CreateDirectory(Folder);
            string name = string.Create(CultureInfo.InvariantCulture, $"{_since:yyyyMMdd'T'HHmmss}-{Guid.NewGuid():N}{ErasureFile.Extension}");
            _file = new FileStream(Path.Combine(Folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
            lines = [.. ErasureFile.Head(_since, to: null), .. lines];
        }

        _file.Write(lines);
        _file.Flush(flushToDisk: true);
    }

    [LoggerMessage(EventId = 410, Level = LogLevel.Error, Message = "An erasure could not be recorded in the journal, and was refused; the caller may try again")]
    private partial void LogFailed(Exception error);

    /// <summary>An erasure that waits to be recorded. It belongs to whoever has the turn.</summary>
    private sealed class Entry(Erasure erasure)
    {
        public Erasure Erasure => erasure;

        public bool IsWritten { get; set; }

        public Exception? Failure { get; set; }
    }
}
