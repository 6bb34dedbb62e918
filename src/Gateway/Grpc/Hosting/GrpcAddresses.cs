using DinOrleans.Gateway.Grpc.Settings;
using DinOrleans.Gateway.Settings;
using DinOrleans.Programs.Listening;
using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Grpc.Hosting;

/// <summary>Checks the addresses of gRPC before anything else of the process starts.</summary>
internal sealed class GrpcAddresses(IOptions<GrpcOptions> options, IConfiguration configuration) : IStartCheck
{
    private const string Enabled = $"{GrpcOptions.Section}:{nameof(GrpcOptions.Enabled)}";
    private const string Urls = $"{GrpcOptions.Section}:{nameof(GrpcOptions.Urls)}";
    private const string DefaultProtocols = "Kestrel:EndpointDefaults:Protocols";
    private const string Http2 = "Http2";

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return configuration[Urls] is null ? Task.CompletedTask : throw new SettingException($"{Urls} is given, but {Enabled} is false: set it to true, or leave {Urls} out.");
        }

        IConfigurationSection[] endpoints = KestrelEndpoints.Of(configuration);
        if (endpoints.Length > 0)
        {
            // Kestrel itself checks the addresses of its endpoints.
            return endpoints.Any(SpeaksHttp2) ? Task.CompletedTask : throw NoAddress($"give one of {KestrelEndpoints.Name} an https address, or set its Protocols to Http2");
        }

        ListenAddresses.Check(Urls, options.Value.Urls, ["http", "https"]);
        CheckPorts();
        return options.Value.Addresses.Concat(HostUrls.Of(configuration)).Any(IsHttps) || options.Value.Addresses.Any()
            ? Task.CompletedTask
            : throw NoAddress($"give {Urls}, or an https address in {HostUrls.Name}");
    }

    private bool SpeaksHttp2(IConfigurationSection endpoint)
    {
        string? protocols = endpoint["Protocols"] ?? configuration[DefaultProtocols];

        // Without TLS, Kestrel speaks HTTP/1.1 where it is given both versions.
        return IsHttps(endpoint["Url"] ?? "") ? protocols?.Contains(Http2, StringComparison.OrdinalIgnoreCase) != false : Http2.Equals(protocols, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsHttps(string url) => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    private static SettingException NoAddress(string remedy) => new($"{Enabled} is true, but no address speaks HTTP/2: {remedy}.");

    private void CheckPorts()
    {
        int[] ofRest = [.. HostUrls.Of(configuration).Select(PortOf).Where(port => port > 0)];
        if (options.Value.Addresses.FirstOrDefault(url => ofRest.Contains(PortOf(url))) is { } shared)
        {
            throw new SettingException(Urls, shared, $"must be of another port than those of {HostUrls.Name}; on an https address of {HostUrls.Name}, gRPC is served without being named here");
        }
    }

    private static int PortOf(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { IsUnixPipe: false, IsNamedPipe: false } address ? address.Port : 0;
        }
        catch (FormatException)
        {
            // The check of these addresses says what is wrong with one.
            return 0;
        }
    }
}
