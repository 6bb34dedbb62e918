using System.Collections.Concurrent;
using System.Diagnostics;
using DinOrleans.TestMachine;

namespace DinOrleans.Storage.Tests;

public sealed class SharedWorkTests : IDisposable
{
    private readonly ActivitySource _source = new($"SharedWorkTests.{Guid.NewGuid()}");
    private readonly ConcurrentQueue<Activity> _ended = new();

    [Fact]
    public void Start_ForSeveralCallers_IsLinkedToTheRecordedOnesAndBelongsToTheFirst()
    {
        using ActivityListener listener = Listen();
        using Activity unrecorded = Caller(ActivityTraceFlags.None), first = Caller(ActivityTraceFlags.Recorded), second = Caller(ActivityTraceFlags.Recorded);
        WaitingCaller[] callers = [Wait(unrecorded), Wait(first), Wait(second)];
        Activity.Current = null;

        using (Activity work = SharedWork.Start(_source, "wait", "work", callers, c => c)!)
        {
            Assert.Same(work, Activity.Current);
        }

        Assert.Null(Activity.Current);
        Activity shared = Assert.Single(_ended, a => a.OperationName == "work");
        Assert.Equal((first.TraceId, first.SpanId), (shared.TraceId, shared.ParentSpanId));
        Assert.Equal([first.Context, second.Context], shared.Links.Select(l => l.Context));
        Activity[] waits = [.. _ended.Where(a => a.OperationName == "wait")];
        Assert.Equal([first.SpanId, second.SpanId], waits.Select(w => w.ParentSpanId));
        Assert.All(waits, w => Assert.Equal(shared.Context, Assert.Single(w.Links).Context));
        Assert.All(waits, w => Assert.Equal(callers.Single(c => c.Span?.SpanId == w.ParentSpanId).Since, w.StartTimeUtc));
    }

    [Fact]
    public void Start_WithoutARecordedCaller_IsNothing()
    {
        using ActivityListener listener = Listen();
        using Activity unrecorded = Caller(ActivityTraceFlags.None);

        Assert.Null(SharedWork.Start(_source, "wait", "work", (WaitingCaller[])[Wait(unrecorded), default], c => c));
        Assert.Empty(_ended);
    }

    [Fact]
    public void Start_WhereNobodyListens_AllocatesNothing()
    {
        using Activity caller = Caller(ActivityTraceFlags.Recorded);
        Activity.Current = caller;
        WaitingCaller[] callers = [WaitingCaller.Of(_source)];
        Assert.Equal(default, callers[0]);
        Assert.Null(Work());

        long allocated = Allocation.Of(() =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                callers[0] = WaitingCaller.Of(_source);
                _ = Work();
            }
        });

        Assert.Equal(0, allocated);

        Activity? Work() => SharedWork.Start(_source, "wait", "work", callers, static c => c);
    }

    public void Dispose() => _source.Dispose();

    private static Activity Caller(ActivityTraceFlags flags)
    {
        Activity.Current = null;
        return new Activity("caller") { ActivityTraceFlags = flags }.SetIdFormat(ActivityIdFormat.W3C).Start();
    }

    private WaitingCaller Wait(Activity caller)
    {
        Activity.Current = caller;
        return WaitingCaller.Of(_source);
    }

    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = s => s == _source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
