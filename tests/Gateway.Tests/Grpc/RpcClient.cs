using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;

namespace DinOrleans.Gateway.Tests.Grpc;

/// <summary>Calls the service as clients in other languages do: by the names and messages of the .proto file.</summary>
internal sealed class RpcClient : IDisposable
{
    private const string Service = "dinorleans.v1.Recommender";

    private readonly GrpcChannel _channel;
    private readonly HttpClient _http;

    public RpcClient(string address)
    {
        _channel = GrpcChannel.ForAddress(address);
        _http = new HttpClient { BaseAddress = new Uri(address), DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
    }

    public GrpcChannel Channel => _channel;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Metadata Key(string key) => new() { { "authorization", "Bearer " + key } };

    public async Task<V1.RankResponse> RankAsync(V1.RankRequest request, Metadata? headers = null, TimeSpan? deadline = null, CancellationToken? cancellation = null)
    {
        var options = new CallOptions(headers, deadline is null ? null : DateTime.UtcNow + deadline, cancellation ?? Cancellation);
        using AsyncUnaryCall<V1.RankResponse> call = _channel.CreateCallInvoker().AsyncUnaryCall(
            Method<V1.RankRequest, V1.RankResponse>(MethodType.Unary, "Rank", V1.RankRequest.Parser, V1.RankResponse.Parser), null, options, request);
        return await call.ResponseAsync;
    }

    public AsyncClientStreamingCall<V1.AppendRequest, V1.AppendResponse> Append(Metadata? headers = null, WriteOptions? write = null) =>
        _channel.CreateCallInvoker().AsyncClientStreamingCall(
            Method<V1.AppendRequest, V1.AppendResponse>(MethodType.ClientStreaming, "Append", V1.AppendRequest.Parser, V1.AppendResponse.Parser),
            null,
            new CallOptions(headers, cancellationToken: Cancellation, writeOptions: write));

    /// <summary>Sends bytes as they are, as a call that no well-behaved client makes.</summary>
    /// <returns>The status of gRPC and its message, from wherever they were sent.</returns>
    public async Task<(StatusCode Code, string Message)> SendAsync(string method, HttpContent content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{Service}/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        content.Headers.ContentType ??= new MediaTypeHeaderValue("application/grpc");
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using HttpResponseMessage answer = await _http.SendAsync(request, Cancellation);
        await answer.Content.ReadAsByteArrayAsync(Cancellation);
        return ((StatusCode)int.Parse(Find(answer, "grpc-status") ?? throw new InvalidOperationException($"The answer has no status: {answer}"), System.Globalization.CultureInfo.InvariantCulture), Uri.UnescapeDataString(Find(answer, "grpc-message") ?? ""));
    }

    /// <summary>A message in the frame of gRPC.</summary>
    public static ByteArrayContent Framed(byte[] message, byte flag = 0)
    {
        byte[] frame = new byte[5 + message.Length];
        frame[0] = flag;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return new ByteArrayContent(frame);
    }

    public void Dispose()
    {
        _channel.Dispose();
        _http.Dispose();
    }

    private static string? Find(HttpResponseMessage answer, string name) =>
        answer.TrailingHeaders.TryGetValues(name, out IEnumerable<string>? values) || answer.Headers.TryGetValues(name, out values) ? values.Single() : null;

    private static Method<TRequest, TResponse> Method<TRequest, TResponse>(MethodType type, string name, MessageParser<TRequest> request, MessageParser<TResponse> response)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(type, Service, name, Marshallers.Create(m => m.ToByteArray(), request.ParseFrom), Marshallers.Create(m => m.ToByteArray(), response.ParseFrom));
}

/// <summary>Reads what a call failed with.</summary>
internal static class RpcFailures
{
    /// <summary>The details of a failure of some type; null for none.</summary>
    public static T? Detail<T>(this RpcException failure)
        where T : class, IMessage<T>, new() =>
        Google.Rpc.Status.Parser.ParseFrom(failure.Trailers.GetValueBytes("grpc-status-details-bin") ?? []).Details
            .Where(d => d.Is(new T().Descriptor)).Select(d => d.Unpack<T>()).SingleOrDefault();

    /// <summary>The broken rules, each with its field before it.</summary>
    public static string[] Broken(this RpcException failure) => [.. failure.Detail<BadRequest>()?.FieldViolations.Select(v => $"{v.Field} {v.Description}") ?? []];

    /// <summary>How long to wait before trying again; null where it is not said.</summary>
    public static TimeSpan? RetryAfter(this RpcException failure)
    {
        var delay = failure.Detail<RetryInfo>()?.RetryDelay.ToTimeSpan();
        Assert.Equal(delay?.TotalMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture), failure.Trailers.GetValue("grpc-retry-pushback-ms"));
        return delay;
    }
}
