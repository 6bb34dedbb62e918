using System.Buffers;
using System.IO.Pipelines;
using DinOrleans.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace DinOrleans.Gateway.Bodies;

/// <summary>Holds the whole, decompressed body of a request in a rented buffer.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstBytes = 4 * 1024;
    private const int LargestFirstBytes = 64 * 1024;

    private byte[] _buffer;

    // A claimed length must not take memory before the bytes arrive.
    private RequestBody(long? claimed, long started)
    {
        Started = started;
        _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(claimed ?? FirstBytes, FirstBytes, LargestFirstBytes));
    }

    /// <summary>The timestamp at which the wait for the body began.</summary>
    public long Started { get; }

    /// <summary>The length of the body in bytes.</summary>
    public int Length { get; private set; }

    /// <summary>The text of the body without a byte order mark. It is valid until this object is disposed.</summary>
    public ReadOnlySpan<byte> Json
    {
        get
        {
            ReadOnlySpan<byte> text = _buffer.AsSpan(0, Length);
            return text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        }
    }

    /// <summary>Reads a body to its end.</summary>
    /// <param name="http">The request. The server bounds what is read by the endpoint's limit, before and after decompression.</param>
    /// <param name="timeout">How long the body may take to arrive.</param>
    /// <param name="time">The clock of the timeout.</param>
    /// <exception cref="BadHttpRequestException">The body is too large (413), too slow (408) or broken (400).</exception>
    /// <exception cref="InvalidInputException">The body is not compressed as its header says.</exception>
    /// <exception cref="ConnectionResetException">The caller has gone.</exception>
    public static async ValueTask<RequestBody> ReadAsync(HttpContext http, TimeSpan timeout, TimeProvider time)
    {
        var body = new RequestBody(http.Request.ContentLength, time.GetTimestamp());
        bool isWhole = false;
        try
        {
            PipeReader reader = http.Request.BodyReader;

            // Most bodies have arrived with their head.
            if (!reader.TryRead(out ReadResult first) || !body.Take(reader, first))
            {
                await body.ReadRestAsync(reader, timeout, time, http.RequestAborted);
            }

            isWhole = true;
            return body;
        }
        catch (InvalidDataException)
        {
            throw new InvalidInputException([new("$", "must be compressed as its Content-Encoding says")]);
        }
        catch (IOException e) when (e is not BadHttpRequestException and not ConnectionResetException)
        {
            throw new BadHttpRequestException("The body could not be read: it is not framed as HTTP says.", StatusCodes.Status400BadRequest, e);
        }
        finally
        {
            if (!isWhole)
            {
                body.Dispose();
            }
        }
    }

    /// <summary>Lets the request be read from the beginning again, until this object is disposed.</summary>
    public void PutBack(HttpContext http) => http.Features.Set<IRequestBodyPipeFeature>(new SecondReading(PipeReader.Create(new(_buffer.AsMemory(0, Length)))));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            Length = 0;
        }
    }

    private async Task ReadRestAsync(PipeReader reader, TimeSpan timeout, TimeProvider time, CancellationToken aborted)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, late.Token);
        try
        {
            while (!Take(reader, await reader.ReadAsync(either.Token)))
            {
            }
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException($"The body must arrive within {timeout.TotalSeconds:0.###} seconds.", StatusCodes.Status408RequestTimeout);
        }
    }

    /// <summary>Copies the bytes that were read, so that the server's buffers are free at once.</summary>
    /// <returns>True at the end of the body.</returns>
    private bool Take(PipeReader reader, ReadResult read)
    {
        if (read.IsCanceled)
        {
            throw new ConnectionAbortedException("The connection ended while the body was read.");
        }

        int length = checked(Length + (int)read.Buffer.Length);
        if (length > _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, 2 * _buffer.Length));
            _buffer.AsSpan(0, Length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        read.Buffer.CopyTo(_buffer.AsSpan(Length));
        Length = length;
        reader.AdvanceTo(read.Buffer.End);
        return read.IsCompleted;
    }

    private sealed record SecondReading(PipeReader Reader) : IRequestBodyPipeFeature;
}
