namespace DinOrleans.Gateway.Models;

/// <summary>Names the version to publish.</summary>
internal sealed class PublishRequest
{
    /// <summary>A version that lies in the artifact store.</summary>
    public string? Version { get; set; }
}
