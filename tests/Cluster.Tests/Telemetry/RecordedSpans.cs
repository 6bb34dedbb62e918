using System.Collections.ObjectModel;
using System.Diagnostics;
using DinOrleans.Programs.Telemetry;
using DinOrleans.TestMachine;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace DinOrleans.Cluster.Tests.Telemetry;

/// <summary>Records the spans that the programs would export.</summary>
internal sealed class RecordedSpans : IDisposable
{
    private static readonly ActivitySource Caller = new("DinOrleans.Cluster.Tests");

    private readonly Exported _exported = new();
    private readonly TracerProvider _provider;

    public RecordedSpans() => _provider = Sdk.CreateTracerProviderBuilder().AddProgramSpans().AddInMemoryExporter(_exported).Build();

    /// <summary>Starts the trace of a caller.</summary>
    public static Activity StartTrace() => Caller.StartActivity("caller")!;

    /// <summary>The spans of a trace that have ended.</summary>
    public Activity[] Of(Activity trace) => [.. _exported.All().Where(a => a.TraceId == trace.TraceId)];

    /// <summary>Waits until spans of all of these names have ended in a trace. Work that nobody waits for ends after the caller's span.</summary>
    public async Task<Activity[]> WaitForAsync(Activity trace, params string[] names)
    {
        await Eventually.BecomesAsync(
            $"the trace has {string.Join(", ", names)}",
            () => Of(trace).Select(s => s.DisplayName).ToArray(),
            ended => names.All(ended.Contains),
            cancellationToken: TestContext.Current.CancellationToken);
        return Of(trace);
    }

    public void Dispose() => _provider.Dispose();

    /// <summary>A collection that spans are added to while it is read.</summary>
    private sealed class Exported : Collection<Activity>
    {
        private readonly Lock _lock = new();

        public Activity[] All()
        {
            lock (_lock)
            {
                return [.. Items];
            }
        }

        protected override void InsertItem(int index, Activity item)
        {
            lock (_lock)
            {
                base.InsertItem(Items.Count, item);
            }
        }
    }
}
