using System.Buffers;
using System.IO.Pipelines;
using DinOrleans.Contracts;
using DinOrleans.Gateway.Settings;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DinOrleans.Gateway.Bodies;

/// <summary>Reads the lines of a body of the type <c>application/x-ndjson</c> as they arrive.</summary>
internal sealed class JsonLines(IOptions<GatewayOptions> options, TimeProvider time)
{
    /// <summary>The type of a body with one JSON value per line.</summary>
    public const string MediaType = "application/x-ndjson";

    /// <summary>The longest line, in bytes: more than an item with a thousand features takes.</summary>
    public const int LongestLine = 512 * 1024;

    /// <summary>True for a request whose body has one JSON value per line.</summary>
    public static bool AreSentBy(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) && type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>Hands over each line that is not blank.</summary>
    /// <param name="http">The request.</param>
    /// <param name="take">Takes the number of a line, from 1, and its text, which is valid during the call.</param>
    /// <param name="partTaken">Called after each part of the body. The next part is read when it has ended.</param>
    /// <exception cref="BadHttpRequestException">The body is too large (413), too slow (408) or broken (400).</exception>
    /// <exception cref="InvalidInputException">A line is too long, or the body is not compressed as its header says.</exception>
    public async Task ReadAsync(HttpContext http, Action<long, ReadOnlySequence<byte>> take, Func<Task> partTaken)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = options.Value.MaxItemLinesBytes;
        }

        PipeReader reader = http.Request.BodyReader;
        long line = 0;
        bool isLast;
        do
        {
            ReadResult read = await ReadPartAsync(reader, http.RequestAborted);
            isLast = read.IsCompleted;
            ReadOnlySequence<byte> rest = read.Buffer;
            while (NextLine(ref rest, isLast) is { } text)
            {
                line++;
                ReadOnlySequence<byte> json = line == 1 ? WithoutByteOrderMark(text) : text;
                if (!IsBlank(json))
                {
                    take(line, json);
                }
            }

            // The server reads the rest of a refused body, which it can only where this read has ended. Otherwise it would break the connection, on which the
            // caller may be sending the next request.
            bool isTooLong = rest.Length > LongestLine;
            reader.AdvanceTo(rest.Start, rest.End);
            if (isTooLong)
            {
                throw new InvalidInputException([new($"line {line + 1}", $"must be at most {LongestLine:N0} bytes")]);
            }

            await partTaken();
        }
        while (!isLast);
    }

    private async Task<ReadResult> ReadPartAsync(PipeReader reader, CancellationToken aborted)
    {
        using var late = new CancellationTokenSource(options.Value.BodyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, late.Token);
        try
        {
            return await reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException(
                $"The next part of the body must arrive within {options.Value.BodyTimeout.TotalSeconds:0.###} seconds.", StatusCodes.Status408RequestTimeout);
        }
        catch (InvalidDataException)
        {
            throw new InvalidInputException([new("$", "must be compressed as its Content-Encoding says")]);
        }
    }

    /// <summary>Takes the next line off a buffer. Null where its end has not arrived.</summary>
    private static ReadOnlySequence<byte>? NextLine(ref ReadOnlySequence<byte> rest, bool isLast)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            ReadOnlySequence<byte> line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
            return line;
        }

        if (!isLast || rest.IsEmpty)
        {
            return null;
        }

        ReadOnlySequence<byte> last = rest;
        rest = rest.Slice(rest.End);
        return last;
    }

    private static ReadOnlySequence<byte> WithoutByteOrderMark(ReadOnlySequence<byte> text)
    {
        ReadOnlySpan<byte> mark = "\uFEFF"u8;
        return text.Length >= mark.Length && text.Slice(0, mark.Length).ToArray().AsSpan().SequenceEqual(mark) ? text.Slice(mark.Length) : text;
    }

    private static bool IsBlank(ReadOnlySequence<byte> text)
    {
        foreach (ReadOnlyMemory<byte> part in text)
        {
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return false;
            }
        }

        return true;
    }
}
