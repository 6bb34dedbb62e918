using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Gateway.Grpc.Settings;

/// <summary>Whether and where rankings and events are taken by gRPC, too. The settings of the sections Gateway and Auth hold for gRPC as for REST.</summary>
public sealed class GrpcOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Grpc";

    /// <summary>True to serve gRPC, on the addresses of <see cref="Urls"/> and on every https address of the REST API. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// The addresses of gRPC beside those of the REST API, separated by ";". An http address speaks HTTP/2 alone, because without TLS a port speaks one
    /// version of HTTP. Where the settings have <c>Kestrel:Endpoints</c>, those replace these addresses as they replace <c>urls</c>. Empty for none.
    /// Default "http://localhost:5001".
    /// </summary>
    public string Urls { get; set; } = "http://localhost:5001";

    /// <summary>True to tell callers the service and its messages, by the reflection service of gRPC. Tools such as grpcurl ask for it. Default false.</summary>
    public bool Reflection { get; set; }

    /// <summary>The addresses of <see cref="Urls"/> one by one; none where gRPC is not served.</summary>
    internal IEnumerable<string> Addresses => Enabled ? Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Reflection && !Enabled)
        {
            yield return new ValidationResult($"{Section}:{nameof(Reflection)} is true, but {Section}:{nameof(Enabled)} is false.", [nameof(Reflection)]);
        }
    }
}
