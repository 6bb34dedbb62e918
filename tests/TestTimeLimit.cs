using System.Collections.Concurrent;
using System.Reflection;
using DinOrleans.Tests;
using Xunit.v3;

[assembly: TestTimeLimit]

namespace DinOrleans.Tests;

/// <summary>
/// Ends a test that would hang. At the limit, its <see cref="ITestContext.CancellationToken"/> is cancelled, and it fails. The process of a
/// test that does not look at the token ends after the same time again, and says which test it was.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class TestTimeLimitAttribute : BeforeAfterTestAttribute
{
    /// <summary>More than the slowest test takes on a busy machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Watch> _running = [];

    /// <inheritdoc/>
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) =>
        _running[test.UniqueID] = new Watch(test.TestDisplayName, TestContext.Current);

    /// <inheritdoc/>
    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_running.TryRemove(test.UniqueID, out Watch? watch))
        {
            watch.Dispose();
            if (watch.IsOver)
            {
                throw new TimeoutException($"The test took longer than {Limit}.");
            }
        }
    }

    private sealed class Watch : IDisposable
    {
        private readonly string _name;
        private readonly ITestContext _test;
        private readonly Timer _timer;
        private int _ticks;

        public Watch(string name, ITestContext test)
        {
            _name = name;
            _test = test;
            _timer = new Timer(_ => Tick(), null, Limit, Limit);
        }

        public bool IsOver => Volatile.Read(ref _ticks) > 0;

        public void Dispose() => _timer.Dispose();

        private void Tick()
        {
            if (Interlocked.Increment(ref _ticks) > 1)
            {
                Environment.FailFast($"{_name} took longer than {Limit} and did not end when it was cancelled.");
            }

            _test.CancelCurrentTest();
        }
    }
}
