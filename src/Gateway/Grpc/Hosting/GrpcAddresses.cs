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
    private const string UrlsOfRest = "urls";

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
        return options.Value.Addresses.Concat(OfRest()).Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)) || options.Value.Addresses.Any()
            ? Task.CompletedTask
            : throw NoAddress($"give {Urls}, or an https address in {UrlsOfRest}");
    }

    private static bool SpeaksHttp2(IConfigurationSection endpoint) => endpoint["Protocols"] is { } protocols
        ? protocols.Contains("Http2", StringComparison.OrdinalIgnoreCase)
        : endpoint["Url"]?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;

    private static SettingException NoAddress(string remedy) => new($"{Enabled} is true, but no address speaks HTTP/2: {remedy}.");

    private void CheckPorts()
    {
        int[] ofRest = [.. OfRest().Select(PortOf).Where(port => port > 0)];
        if (options.Value.Addresses.FirstOrDefault(url => ofRest.Contains(PortOf(url))) is { } shared)
        {
            throw new SettingException(Urls, shared, $"must be of another port than those of {UrlsOfRest}; on an https address of {UrlsOfRest}, gRPC is served without being named here");
        }
    }

    private string[] OfRest() => (configuration[UrlsOfRest] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

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
