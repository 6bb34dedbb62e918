using System.Globalization;
using DinOrleans.Benchmarks.Servers;

namespace DinOrleans.Benchmarks.Rank;

/// <summary>Our server with a share of its requests traced.</summary>
/// <param name="server">The server, whose environment names the collector.</param>
/// <param name="collector">Takes the traces.</param>
internal sealed class TracedServer(StandaloneServer server, TraceCollector collector) : IContestant
{
    public string Name => server.Name;

    /// <summary>OpenTelemetry's variables for a server that is traced.</summary>
    /// <param name="collector">Takes the traces.</param>
    /// <param name="percent">The share of the requests, above 0 to 100.</param>
    public static IReadOnlyDictionary<string, string> Variables(TraceCollector collector, double percent) => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = collector.Address,
        ["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"] = "http/protobuf",
        ["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio",
        ["OTEL_TRACES_SAMPLER_ARG"] = (percent / 100).ToString(CultureInfo.InvariantCulture),
    };

    public Task BuildAsync(CancellationToken cancellationToken) => server.BuildAsync(cancellationToken);

    public ServerProcess Start(RankShape shape) => server.Start(shape);

    public Task EndRoundAsync(ServerProcess process, CancellationToken cancellationToken) => collector.Bytes > 0
        ? Task.CompletedTask
        : throw new InvalidOperationException($"{Name} has sent no traces, so its rate says nothing: {process.Output}");
}
