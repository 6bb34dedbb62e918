using Microsoft.AspNetCore.Http.Metadata;

namespace DinOrleans.Gateway.Bodies;

/// <summary>Marks an endpoint with the largest request body that it takes. The server answers 413 to a larger one.</summary>
/// <param name="MaxRequestBodySize">The largest body, in bytes.</param>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
