using System.Text;

namespace DinOrleans.Datasets;

/// <summary>
/// The text of a data file, which is decoded strictly. Bytes that do not belong to the encoding are refused with their place, because replacing them could
/// make several ids equal. A byte order mark decides the encoding.
/// </summary>
internal sealed class SourceText : TextReader
{
    /// <summary>The largest number of characters of a line, so that a file without line ends does not fill the memory.</summary>
    public const int MaxLineLength = 1 << 24;

    private static readonly Encoding[] Marked = [Encoding.UTF8, Encoding.UTF32, Encoding.Unicode, Encoding.BigEndianUnicode];

    private readonly string _file;
    private readonly string _advice;
    private readonly Stream _stream;
    private readonly byte[] _bytes = new byte[DataFile.BufferSize];
    private readonly char[] _chars;
    private readonly Encoding _encoding;
    private readonly Decoder _decoder;
    private int _held;
    private int _at;
    private int _length;
    private long _position;
    private long _line = 1;
    private int _lineLength;
    private bool _endsInReturn;
    private bool _isAtEnd;

    /// <param name="path">The file, gzipped or not.</param>
    /// <param name="encoding">The encoding. A byte order mark takes precedence.</param>
    /// <param name="advice">The end of a message about wrong bytes. Empty for nothing.</param>
    /// <exception cref="DatasetException">The file does not exist or cannot be read.</exception>
    public SourceText(string path, Encoding encoding, string advice = "")
    {
        _file = Path.GetFileName(path);
        _advice = advice;
        _stream = DataFile.OpenRead(path);
        try
        {
            _held = ReadBytes();
            Encoding? marked = Array.Find(Marked, m => _bytes.AsSpan(0, _held).StartsWith(m.Preamble));
            _encoding = (Encoding)(marked ?? encoding).Clone();
            _encoding.DecoderFallback = DecoderFallback.ExceptionFallback;
            _decoder = _encoding.GetDecoder();
            _chars = new char[_encoding.GetMaxCharCount(_bytes.Length)];
            int mark = marked?.Preamble.Length ?? 0;
            _bytes.AsSpan(mark, _held - mark).CopyTo(_bytes);
            _held -= mark;
            _position = mark;
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override int Peek() => Fill() ? _chars[_at] : -1;

    /// <inheritdoc/>
    public override int Read() => Fill() ? _chars[_at++] : -1;

    /// <inheritdoc/>
    /// <exception cref="DatasetException">The bytes do not belong to the encoding, or the file is damaged. The message names the place.</exception>
    public override int Read(Span<char> buffer)
    {
        if (buffer.IsEmpty || !Fill())
        {
            return 0;
        }

        int count = Math.Min(buffer.Length, _length - _at);
        _chars.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Fill()
    {
        while (_at == _length && !_isAtEnd)
        {
            int bytes = _held > 0 ? _held : ReadBytes();
            _held = 0;
            _at = 0;
            _length = Decode(_bytes.AsSpan(0, bytes));
            _position += bytes;
            _isAtEnd = bytes == 0;
            CountLines();
        }

        return _at < _length;
    }

    private int Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return _decoder.GetChars(bytes, _chars, flush: bytes.IsEmpty);
        }
        catch (DecoderFallbackException e)
        {
            throw Undecodable(bytes, e);
        }
    }

    private DatasetException Undecodable(ReadOnlySpan<byte> bytes, DecoderFallbackException error)
    {
        // The end of an earlier block may belong to the wrong bytes. Their index is then below 0.
        var lenient = (Encoding)_encoding.Clone();
        lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
        long line = _line + LineEnds(lenient.GetString(bytes[..Math.Max(0, error.Index)]));
        string wrong = error.BytesUnknown is { Length: > 0 } unknown ? string.Join(' ', unknown.Select(b => $"0x{b:X2}")) : "the end";
        return new($"{_file} line {line:D}: byte {_position + error.Index + 1:D} of the text ({wrong}) is not {_encoding.WebName}{_advice}", error);
    }

    /// <summary>Reads whole blocks, so that characters of two or four bytes are cut only at the end of the file.</summary>
    private int ReadBytes()
    {
        try
        {
            return _stream.ReadAtLeast(_bytes, _bytes.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw new DatasetException($"{_file} after line {_line - 1:D}: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new DatasetException($"{_file} after line {_line - 1:D}: the file cannot be read any further ({e.Message})", e);
        }
    }

    /// <summary>A line ends in \n, \r or both. A block may have ended between the two.</summary>
    private int LineEnds(ReadOnlySpan<char> text) =>
        text.Count('\n') + text.Count('\r') - text.Count("\r\n") - (_endsInReturn && text.StartsWith('\n') ? 1 : 0);

    private void CountLines()
    {
        ReadOnlySpan<char> text = _chars.AsSpan(0, _length);
        if (text.IsEmpty)
        {
            return;
        }

        _line += LineEnds(text);
        _endsInReturn = text[^1] == '\r';
        int last = text.LastIndexOfAny('\r', '\n');
        _lineLength = last < 0 ? _lineLength + text.Length : text.Length - last - 1;
        if (_lineLength > MaxLineLength)
        {
            throw new DatasetException($"{_file} line {_line:D}: is longer than {MaxLineLength:D} characters; is this the right file?");
        }
    }
}
