using System.Buffers.Binary;
using System.IO.Hashing;
using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.Zip.Compression;

namespace DinOrleans.Datasets;

/// <summary>Reads gzip (RFC 1952): all members of a file in order, each of which is checked against its checksum and length.</summary>
/// <remarks>The framework's <c>GZipStream</c> does not notice that a file is cut short, so that missing rows would go unnoticed.</remarks>
internal sealed class GzipMembers(Stream source) : Stream
{
    private const int TrailerLength = 8;

    private readonly GzipInput _input = new(source);
    private readonly Inflater _inflater = new(noHeader: true);
    private readonly Crc32 _checksum = new();
    private bool _isInMember;
    private bool _isLater;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The data are not gzip, damaged or cut short. The message names the byte of the file.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        while (count > 0 && (_isInMember || StartMember()))
        {
            int read = Inflate(buffer, offset, count);
            if (read > 0)
            {
                _checksum.Append(buffer.AsSpan(offset, read));
                return read;
            }

            if (_inflater.IsFinished)
            {
                EndMember();
            }
            else if (_inflater.IsNeedingInput)
            {
                int available = _input.Available();
                _inflater.SetInput(_input.Buffer, _input.Start, available);
                _input.Consume(available);
            }
            else
            {
                throw _input.Damaged("they need a preset dictionary");
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <returns>False if the file ends after a complete member.</returns>
    private bool StartMember()
    {
        if (_isLater && _input.IsAtEnd())
        {
            return false;
        }

        _input.SkipHeader(_isLater);
        _inflater.Reset();
        _isInMember = true;
        _isLater = true;
        return true;
    }

    private int Inflate(byte[] buffer, int offset, int count)
    {
        try
        {
            return _inflater.Inflate(buffer, offset, count);
        }
        catch (SharpZipBaseException e)
        {
            throw _input.Damaged("their compressed blocks are invalid", e);
        }
    }

    private void EndMember()
    {
        // The inflater was given everything that was available, and has not used what follows the member's data.
        _input.Consume(-_inflater.RemainingInput);
        Span<byte> trailer = stackalloc byte[TrailerLength];
        _input.Read(trailer);
        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        _checksum.GetHashAndReset(checksum);
        if (!checksum.SequenceEqual(trailer[..sizeof(uint)]) || (uint)_inflater.TotalOut != BinaryPrimitives.ReadUInt32LittleEndian(trailer[sizeof(uint)..]))
        {
            throw _input.Damaged("their checksum or length is not that of their content");
        }

        _isInMember = false;
    }
}
