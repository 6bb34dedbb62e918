using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;

namespace DinOrleans.Programs.Telemetry;

/// <summary>
/// The exporter of one signal, set up by the variables of that signal such as <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c>, which go before those of all
/// signals. OpenTelemetry's exporter of a single signal reads only the latter.
/// </summary>
/// <param name="configuration">The settings, with the environment's variables.</param>
/// <param name="signal">TRACES, METRICS or LOGS.</param>
internal sealed class SignalExporter(IConfiguration configuration, string signal)
{
    private const string OverHttp = "http/protobuf";

    /// <summary>True if a collector of this signal is named.</summary>
    public bool IsWanted => Variable("ENDPOINT") is not null || Text("OTEL_EXPORTER_OTLP_ENDPOINT") is not null;

    /// <summary>Sets what the variables of this signal say, and leaves the rest.</summary>
    public void Apply(OtlpExporterOptions options)
    {
        if (Variable("PROTOCOL") is { } protocol)
        {
            options.Protocol = protocol == OverHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        }

        if (Variable("ENDPOINT") is { } endpoint)
        {
            options.Endpoint = new Uri(endpoint, UriKind.Absolute);
        }

        options.Headers = Variable("HEADERS") ?? options.Headers;
        if (Variable("TIMEOUT") is { } timeout)
        {
            options.TimeoutMilliseconds = int.Parse(timeout, NumberStyles.None, CultureInfo.InvariantCulture);
        }
    }

    private string? Variable(string name) => Text($"OTEL_EXPORTER_OTLP_{signal}_{name}");

    private string? Text(string variable) => string.IsNullOrWhiteSpace(configuration[variable]) ? null : configuration[variable];
}
