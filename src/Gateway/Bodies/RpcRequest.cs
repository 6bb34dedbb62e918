namespace DinOrleans.Gateway.Bodies;

/// <summary>Knows the requests of gRPC.</summary>
internal static class RpcRequest
{
    /// <summary>The type of a body of gRPC.</summary>
    public const string MediaType = "application/grpc";

    /// <summary>True for a request that was sent as gRPC says, so that its caller reads the answers of gRPC.</summary>
    public static bool IsOne(HttpRequest request) => HttpProtocol.IsHttp2(request.Protocol) && HasType(request);

    /// <exception cref="BadHttpRequestException">The request was not sent as gRPC says.</exception>
    public static void Check(HttpRequest request)
    {
        if (!HasType(request))
        {
            throw new BadHttpRequestException($"The call must be sent as {MediaType}.", StatusCodes.Status415UnsupportedMediaType);
        }

        if (!HttpProtocol.IsHttp2(request.Protocol))
        {
            throw new BadHttpRequestException("The call must be sent by HTTP/2. Without TLS, that is spoken on the addresses of Grpc:Urls.", StatusCodes.Status426UpgradeRequired);
        }
    }

    private static bool HasType(HttpRequest request) =>
        request.ContentType is { } type && type.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase) && (type.Length == MediaType.Length || type[MediaType.Length] is '+' or ';');
}
