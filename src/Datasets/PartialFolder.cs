using System.Text.RegularExpressions;

namespace DinOrleans.Datasets;

/// <summary>
/// The folder beside its place in which a dataset is written. It has a file that only one process can hold open, which distinguishes a folder that is
/// being written from one that a killed process left.
/// </summary>
internal sealed partial class PartialFolder : IDisposable
{
    private const string Partial = "partial";
    private const string Replaced = "replaced";
    private const string LockName = ".writing";

    private readonly string _place;
    private readonly FileStream _lock;

    private PartialFolder(string place)
    {
        _place = place;
        Path = Beside(Partial);
        Directory.CreateDirectory(Path);
        _lock = Lock(Path);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Creates the folder, and removes those that killed processes left beside the same place.</summary>
    public static PartialFolder Create(string place)
    {
        RemoveLeftOvers(place);
        return new(place);
    }

    /// <summary>Removes what killed processes left beside a place: an incomplete dataset, or one that its successor has replaced.</summary>
    public static void RemoveLeftOvers(string place)
    {
        string name = System.IO.Path.GetFileName(place);
        string? parent = System.IO.Path.GetDirectoryName(place);
        if (!Directory.Exists(parent))
        {
            return;
        }

        foreach (string folder in Directory.EnumerateDirectories(parent, name + ".*").ToArray())
        {
            string kind = Suffix().Match(System.IO.Path.GetFileName(folder)[name.Length..]).Groups[1].Value;
            if (kind == Partial && !IsBeingWritten(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
            else if (kind == Replaced)
            {
                Restore(folder, place);
            }
        }
    }

    /// <summary>Renames the folder into its place and removes what was there.</summary>
    public void MoveIntoPlace()
    {
        _lock.Dispose();
        File.Delete(_lock.Name);
        if (!Directory.Exists(_place))
        {
            Directory.Move(Path, _place);
            return;
        }

        string replaced = Beside(Replaced);
        Directory.Move(_place, replaced);
        Directory.Move(Path, _place);
        Directory.Delete(replaced, recursive: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock.Dispose();
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    /// <summary>Moves a dataset back whose process ended between two renames and left the place empty.</summary>
    private static void Restore(string replaced, string place)
    {
        if (Directory.Exists(place))
        {
            Directory.Delete(replaced, recursive: true);
        }
        else
        {
            Directory.Move(replaced, place);
        }
    }

    private static FileStream Lock(string folder) =>
        new(System.IO.Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static bool IsBeingWritten(string folder)
    {
        try
        {
            Lock(folder).Dispose();
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private string Beside(string kind) => $"{_place}.{Guid.NewGuid():N}.{kind}";

    [GeneratedRegex("^\\.[0-9a-f]{32}\\.(partial|replaced)$")]
    private static partial Regex Suffix();
}
