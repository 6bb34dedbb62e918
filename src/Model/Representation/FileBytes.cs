using DinOrleans.Model.Validation;
using Microsoft.Win32.SafeHandles;

namespace DinOrleans.Model.Representation;

/// <summary>Reads parts of a file whose length was checked.</summary>
internal static class FileBytes
{
    /// <summary>Fills a buffer. Safe for concurrent reads.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where the bytes begin.</param>
    /// <param name="bytes">Receives the bytes.</param>
    /// <exception cref="InvalidContentException">The file ends before.</exception>
    public static void Read(SafeFileHandle file, long offset, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(file, bytes, offset);
            if (read == 0)
            {
                throw new InvalidContentException("ends before its parts do");
            }

            bytes = bytes[read..];
            offset += read;
        }
    }
}
