namespace DinOrleans.Datasets;

/// <summary>The bytes of a gzip file, and the headers of its members.</summary>
internal sealed class GzipInput(Stream source)
{
    private const int HeaderLength = 10;
    private const byte Deflate = 8;

    private int _end;
    private long _position;

    /// <summary>The buffer. The available bytes begin at <see cref="Start"/>.</summary>
    public byte[] Buffer { get; } = new byte[DataFile.BufferSize];

    /// <summary>The index of the next byte in <see cref="Buffer"/>.</summary>
    public int Start { get; private set; }

    /// <summary>True if bytes start as every gzip file does.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> bytes) => bytes is [0x1F, 0x8B, ..];

    /// <summary>True if the file ends here.</summary>
    public bool IsAtEnd()
    {
        if (Start == _end)
        {
            Start = 0;
            _end = source.Read(Buffer);
        }

        return Start == _end;
    }

    /// <summary>The number of available bytes from <see cref="Start"/> on, at least 1.</summary>
    /// <exception cref="InvalidDataException">The file ends here.</exception>
    public int Available() => IsAtEnd() ? throw CutShort() : _end - Start;

    /// <summary>Goes forward by some of the available bytes, or back by some of those that were just passed.</summary>
    public void Consume(int count)
    {
        Start += count;
        _position += count;
    }

    /// <summary>Reads some bytes.</summary>
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public void Read(Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = Next();
        }
    }

    /// <summary>Goes past the header of a member.</summary>
    /// <param name="isLater">True for a member after the first one.</param>
    /// <exception cref="InvalidDataException">There is no such header, or the file ends in it.</exception>
    public void SkipHeader(bool isLater)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        for (int i = 0; i < header.Length; i++)
        {
            header[i] = Next();
            if (i == 1 && !IsMagic(header))
            {
                throw isLater ? Damaged("something else follows a complete member") : new InvalidDataException("the file is not gzip");
            }
        }

        if (header[2] != Deflate)
        {
            throw Damaged("they are compressed by an unknown method");
        }

        byte flags = header[3];
        if (Has(flags, 2))
        {
            int length = Next() | (Next() << 8);
            Skip(length);
        }

        SkipText(Has(flags, 3));
        SkipText(Has(flags, 4));
        Skip(Has(flags, 1) ? 2 : 0);
    }

    /// <summary>Makes an exception for data that are damaged before the current place.</summary>
    public InvalidDataException Damaged(string how, Exception? cause = null) =>
        new($"the gzip data are damaged before byte {_position + 1:D} of the file: {how}", cause);

    private static bool Has(byte flags, int bit) => (flags & (1 << bit)) != 0;

    private InvalidDataException CutShort() => new($"the gzip data are cut short: the file ends after byte {_position:D}, in the middle of a member");

    private byte Next()
    {
        Available();
        byte next = Buffer[Start];
        Consume(1);
        return next;
    }

    private void Skip(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Next();
        }
    }

    private void SkipText(bool isThere)
    {
        while (isThere && Next() != 0)
        {
        }
    }
}
