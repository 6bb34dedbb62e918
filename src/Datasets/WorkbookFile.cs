using System.IO.Compression;

namespace DinOrleans.Datasets;

/// <summary>Tells Excel workbooks from other files.</summary>
internal static class WorkbookFile
{
    /// <summary>What is wrong with a file of the format that Excel had before 2007. Workbooks with a password are in it too.</summary>
    public const string OldOrLocked = "is an Excel workbook with a password, or one in the old format (.xls); save it as .xlsx without a password.";

    private const int MagicLength = 4;

    private static readonly string[] Names = [".xlsx", ".xlsm"];

    /// <summary>True if a file is a workbook by its name.</summary>
    public static bool IsWorkbook(string path) => Names.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>True if bytes start as every file of the format before 2007 does.</summary>
    public static bool IsOldOrLocked(ReadOnlySpan<byte> bytes) => bytes is [0xD0, 0xCF, 0x11, 0xE0, ..];

    /// <summary>True if bytes start as every zip archive does, which a workbook is.</summary>
    public static bool IsZip(ReadOnlySpan<byte> bytes) => bytes is [(byte)'P', (byte)'K', 3, 4, ..];

    /// <summary>Opens a workbook by its name.</summary>
    /// <exception cref="DatasetException">The file does not exist, cannot be read, or is not a workbook.</exception>
    public static FileStream Open(string path)
    {
        FileStream file = DataFile.OpenAsIs(path);
        try
        {
            if (!file.CanSeek)
            {
                throw new DatasetException($"{path}: must be a file and not a pipe, because the parts of a workbook are not in the order in which they are read.");
            }

            Span<byte> first = stackalloc byte[MagicLength];
            first = first[..file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)];
            file.Position = 0;
            return IsOldOrLocked(first) ? throw new DatasetException($"{path}: {OldOrLocked}")
                : IsZip(first) ? file
                : throw new DatasetException($"{path}: {(first.IsEmpty ? "is empty" : "is not an Excel workbook, although its name ends as if it were one")}.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Says what to do with a zip archive where text is to be read, in words that follow its path.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="path">Its path.</param>
    public static string DescribeZip(Stream archive, string path) =>
        IsWorkbook(path) ? "is an Excel workbook; save its sheet as CSV and give that file."
        : Has(archive, "xl/workbook.xml") ? "is an Excel workbook, whose name must end in .xlsx."
        : Has(archive, "xl/workbook.bin") ? "is an Excel workbook in the binary format (.xlsb); save it as .xlsx."
        : "is a zip archive; unpack it and give the file in it.";

    private static bool Has(Stream archive, string entry)
    {
        try
        {
            using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
            return zip.GetEntry(entry) is not null;
        }
        catch (InvalidDataException)
        {
            // It is cut short.
            return false;
        }
    }
}
