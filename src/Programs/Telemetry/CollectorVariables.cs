using System.Globalization;
using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using Microsoft.Extensions.Configuration;

namespace DinOrleans.Programs.Telemetry;

/// <summary>
/// Ends the start where one of OpenTelemetry's variables for collectors and samplers cannot be used. OpenTelemetry itself goes on with its default then,
/// and sends everything to another address, or traces every request.
/// </summary>
internal sealed class CollectorVariables(IConfiguration configuration) : IStartCheck
{
    private const string Sampler = "OTEL_TRACES_SAMPLER";
    private const string SamplerArgument = "OTEL_TRACES_SAMPLER_ARG";

    private static readonly string[] Signals = ["", "METRICS_", "TRACES_", "LOGS_"];
    private static readonly string[] Protocols = ["grpc", "http/protobuf"];

    private static readonly string[] Samplers =
        ["always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio"];

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (string signal in Signals)
        {
            Require($"OTEL_EXPORTER_OTLP_{signal}ENDPOINT", IsAddress, "must be an absolute http or https address");
            Require($"OTEL_EXPORTER_OTLP_{signal}PROTOCOL", Protocols.Contains, $"must be one of {string.Join(", ", Protocols)}");
            Require($"OTEL_EXPORTER_OTLP_{signal}TIMEOUT", IsMilliseconds, "must be a whole number of milliseconds of at least 1");
        }

        Require(Sampler, Samplers.Contains, $"must be one of {string.Join(", ", Samplers)}");
        Require(SamplerArgument, IsShare, "must be a number from 0 to 1");
        return Task.CompletedTask;
    }

    private static bool IsAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static bool IsShare(string value) => double.TryParse(value, CultureInfo.InvariantCulture, out double share) && share is >= 0 and <= 1;

    private static bool IsMilliseconds(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds) && milliseconds >= 1;

    private void Require(string variable, Func<string, bool> isRight, string rule)
    {
        if (configuration[variable] is { } value && !string.IsNullOrWhiteSpace(value) && !isRight(value))
        {
            throw new SettingException(variable, value, rule);
        }
    }
}
