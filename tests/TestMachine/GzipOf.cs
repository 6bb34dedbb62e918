using System.IO.Compression;
using System.Text;

namespace DinOrleans.TestMachine;

/// <summary>Packs what tests read as gzip.</summary>
public static class GzipOf
{
    /// <summary>One member with the text in UTF-8.</summary>
    public static byte[] Text(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
