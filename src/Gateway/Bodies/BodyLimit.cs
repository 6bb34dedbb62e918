using Microsoft.AspNetCore.Http.Metadata;

namespace DinOrleans.Gateway.Bodies;

/// <summary>Endpoint metadata: the server refuses a larger request body with 413.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
