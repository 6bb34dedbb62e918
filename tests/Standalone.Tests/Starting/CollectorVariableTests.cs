using System.Diagnostics;
using DinOrleans.Standalone.Tests.Processes;

namespace DinOrleans.Standalone.Tests.Starting;

/// <summary>A program does not start with a variable of OpenTelemetry that cannot be used, which would send its telemetry elsewhere.</summary>
public sealed class CollectorVariableTests : IDisposable
{
    private readonly EmptyShop _shop = new();

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "is \"collector\": it must be an absolute http or https address")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "tcp://collector:4317", "is \"tcp://collector:4317\": it must be an absolute http or https address")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "is \"http/json\": it must be one of grpc, http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_TIMEOUT", "10s", "is \"10s\": it must be a whole number of milliseconds of at least 1")]
    [InlineData("OTEL_TRACES_SAMPLER", "sometimes", "is \"sometimes\": it must be one of always_on")]
    [InlineData("OTEL_TRACES_SAMPLER_ARG", "1%", "is \"1%\": it must be a number from 0 to 1")]
    public async Task Start_WithAVariableThatCannotBeUsed_NamesItInOneLine(string variable, string value, string reason)
    {
        ProcessStartInfo start = MemberProcess.WithStandalonesLibraries(Commands.Start("Gateway", _shop.Arguments("Gateway", new Dictionary<string, string?>())));
        start.Environment[variable] = value;
        Refused.Assert(await Commands.RunAsync(start, TestContext.Current.CancellationToken), $"{variable} {reason}");
    }

    public void Dispose() => _shop.Dispose();
}
