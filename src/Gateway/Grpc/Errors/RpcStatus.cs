using System.Text;
using DinOrleans.Contracts;
using DinOrleans.Gateway.Problems;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace DinOrleans.Gateway.Grpc.Errors;

/// <summary>A problem as callers of gRPC are told it.</summary>
/// <param name="Code">The status code.</param>
/// <param name="Message">What went wrong this time, in words for the caller.</param>
/// <param name="Details">What programs read, as in google.rpc.Status.</param>
/// <param name="RetryAfter">How long the caller should wait before trying again; null where trying again does not help.</param>
internal sealed record RpcStatus(StatusCode Code, string Message, byte[] Details, TimeSpan? RetryAfter)
{
    /// <summary>The trailer with <see cref="Details"/>.</summary>
    public const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>The trailer with <see cref="RetryAfter"/> in milliseconds, which clients with a policy for retries obey.</summary>
    public const string PushbackTrailer = "grpc-retry-pushback-ms";

    /// <summary>What a status may take. It is sent in headers, of which clients take 8 KiB or more.</summary>
    private const int MostBytes = 4 * 1024;

    private const int MostCharacters = 400;

    /// <summary>Makes the status of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="code">The status code.</param>
    /// <param name="retryAfter">How long to wait where the problem does not say how long.</param>
    /// <param name="fields">Names the fields of broken rules as the caller knows them.</param>
    /// <param name="done">What was done all the same; null for nothing.</param>
    public static RpcStatus Of(Problem problem, StatusCode code, TimeSpan retryAfter, Func<string, string> fields, IMessage? done = null)
    {
        var status = new Google.Rpc.Status { Code = (int)code };
        if (done is not null)
        {
            status.Details.Add(Any.Pack(done));
        }

        TimeSpan? wait = problem.RetryAfter is { } given ? given > TimeSpan.Zero ? given : retryAfter : null;
        if (wait is { } delay)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        }

        string message = Shortened(problem.Detail ?? problem.Title ?? "");
        if (problem.Errors.Count > 0)
        {
            BadRequest broken = Listed(problem.Errors, fields);
            status.Details.Add(Any.Pack(broken));
            message = Told(message, broken.FieldViolations[0], problem.Errors.Count + (problem.MoreErrors ?? 0) - 1);
        }

        status.Message = message;
        return new(code, message, status.ToByteArray(), wait);
    }

    /// <summary>Makes the exception that ends a call with this status.</summary>
    public RpcException ToException()
    {
        Metadata trailers = new() { { DetailsTrailer, Details } };
        if (RetryAfter is { } wait)
        {
            trailers.Add(PushbackTrailer, Milliseconds(wait));
        }

        return new RpcException(new global::Grpc.Core.Status(Code, Message), trailers);
    }

    /// <summary>A wait as text, in whole milliseconds, rounded up.</summary>
    public static string Milliseconds(TimeSpan wait) => ((long)Math.Ceiling(wait.TotalMilliseconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The first broken rules, as many as fit.</summary>
    private static BadRequest Listed(IReadOnlyList<Violation> violations, Func<string, string> fields)
    {
        var broken = new BadRequest();
        int bytes = 0;
        foreach (Violation violation in violations)
        {
            var one = new BadRequest.Types.FieldViolation { Field = Shortened(fields(violation.Field)), Description = Shortened(violation.Rule) };
            bytes += one.CalculateSize();
            if (bytes > MostBytes)
            {
                break;
            }

            broken.FieldViolations.Add(one);
        }

        return broken;
    }

    // Many clients show no more than the message.
    private static string Told(string message, BadRequest.Types.FieldViolation first, int others)
    {
        var told = new StringBuilder(message).Append(' ').Append(first.Field).Append(' ').Append(first.Description);
        return (others > 0 ? told.Append(System.Globalization.CultureInfo.InvariantCulture, $"; and {others:N0} more") : told).ToString();
    }

    private static string Shortened(string text)
    {
        if (text.Length <= MostCharacters)
        {
            return text;
        }

        // Half of a pair is not Unicode.
        int length = char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters;
        return string.Concat(text.AsSpan(0, length), "…");
    }
}
