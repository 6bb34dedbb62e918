using System.Text.Json;
using DinOrleans.Model.Validation;

namespace DinOrleans.Cli.Backups;

/// <summary><c>backup.json</c>: what a backup holds, and the size and digest of every file. It is written last, so that a backup that has one is complete.</summary>
internal sealed record BackupManifest
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "backup.json";

    /// <summary>The format that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The backup has every event that was acknowledged up to this time.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>The schema version of the database.</summary>
    public required int Schema { get; init; }

    /// <summary>The number of events.</summary>
    public required long Events { get; init; }

    /// <summary>The number of users.</summary>
    public required long Users { get; init; }

    /// <summary>The versions that the registry names and that the backup lacks, each with the reason.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>Every other file of the backup by its path with forward slashes.</summary>
    public required IReadOnlyDictionary<string, BackupFile> Files { get; init; }

    /// <summary>Reads the manifest of a backup and checks it. The other files are not read.</summary>
    /// <exception cref="InvalidContentException">The folder does not hold a complete backup, or the manifest is damaged or of another format.</exception>
    public static BackupManifest Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new InvalidContentException(Directory.Exists(folder)
                ? $"{folder} has no {FileName}: it is not a backup, or one that was interrupted."
                : $"There is no folder {folder}.");
        }

        BackupManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllText(path), Json) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidContentException($"{path} is damaged: {e.Message}", e);
        }

        return manifest.Format != CurrentFormat ? throw new InvalidContentException($"{path} has format {manifest.Format}, but this program reads format {CurrentFormat}.")
            : manifest.Files.Any(f => f.Value is null || !IsInside(f.Key)) ? throw new InvalidContentException($"{path} is damaged: files names a path outside of the backup.")
            : manifest;
    }

    /// <summary>The number of model versions.</summary>
    public int Versions() =>
        Files.Keys.Where(f => f.StartsWith(DataFolder.Versions + "/", StringComparison.Ordinal)).DistinctBy(f => f.Split('/')[1]).Count();

    /// <summary>The bytes of all files.</summary>
    public long Bytes() => Files.Values.Sum(f => f.Bytes);

    /// <summary>Writes the manifest beside its place, and renames it.</summary>
    public void Write(string folder)
    {
        string path = Path.Combine(folder, FileName);
        using (var file = new FileStream(path + ".partial", FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, this, Json);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + ".partial", path);
    }

    private static bool IsInside(string file) =>
        file.Length > 0 && !Path.IsPathRooted(file) && !file.Contains('\\') && file.Split('/').All(part => part is not ("" or "." or ".."));
}

/// <summary>What a file of a backup must be.</summary>
/// <param name="Bytes">The length of the file.</param>
/// <param name="Sha256">The SHA-256 of the file, in lower-case hexadecimal.</param>
internal sealed record BackupFile(long Bytes, string Sha256);
