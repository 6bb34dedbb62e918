using System.Text;

namespace DinOrleans.Datasets.Guesses;

/// <summary>Guesses the encoding of a text file. It reads the whole file, because a letter that tells may come late.</summary>
internal static class EncodingGuess
{
    private const string Utf8 = "utf-8";
    private const string OldWindows = "windows-1252";

    /// <summary>The share of bytes that are zero on one side of each pair, above which a text is UTF-16.</summary>
    private const double ZeroShare = 0.25;

    private static readonly Encoding[] Marked = [Encoding.UTF32, Encoding.Unicode, Encoding.BigEndianUnicode];

    /// <summary>The name of the encoding.</summary>
    /// <exception cref="DatasetException">The file does not exist or cannot be read.</exception>
    public static string Of(string path, CancellationToken cancellationToken)
    {
        using Stream stream = DataFile.OpenRead(path);
        try
        {
            var buffer = new byte[DataFile.BufferSize];
            int read = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return Wide(buffer.AsSpan(0, read)) ?? (IsUtf8(stream, buffer, read, cancellationToken) ? Utf8 : OldWindows);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new DatasetException($"{Path.GetFileName(path)}: cannot be read to its end ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static string? Wide(ReadOnlySpan<byte> start)
    {
        foreach (Encoding encoding in Marked)
        {
            if (start.StartsWith(encoding.Preamble))
            {
                return encoding.WebName;
            }
        }

        int even = 0;
        int odd = 0;
        for (int i = 0; i < start.Length; i++)
        {
            even += start[i] == 0 && i % 2 == 0 ? 1 : 0;
            odd += start[i] == 0 && i % 2 == 1 ? 1 : 0;
        }

        return odd > start.Length * ZeroShare ? Encoding.Unicode.WebName : even > start.Length * ZeroShare ? Encoding.BigEndianUnicode.WebName : null;
    }

    private static bool IsUtf8(Stream stream, byte[] buffer, int read, CancellationToken cancellationToken)
    {
        Decoder decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
        var text = new char[Encoding.UTF8.GetMaxCharCount(buffer.Length)];
        try
        {
            for (; read > 0; read = stream.Read(buffer))
            {
                cancellationToken.ThrowIfCancellationRequested();
                decoder.GetChars(buffer.AsSpan(0, read), text, flush: false);
            }

            decoder.GetChars([], text, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
