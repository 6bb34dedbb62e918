namespace DinOrleans.Programs.Terminal;

/// <summary>
/// A line of output that says how far something is. A terminal shows each state in the place of the one before. Where the output goes into a pipe or a file, a state
/// becomes a line of its own now and then, and has no control characters. It is safe for concurrent use.
/// </summary>
/// <param name="output">The writer that takes the lines.</param>
/// <param name="isTerminal">True where the writer is a terminal that understands control characters.</param>
/// <param name="time">The clock.</param>
public sealed class LiveLine(TextWriter output, bool isTerminal, TimeProvider time) : IDisposable
{
    private const string Start = "\r\u001b[K";

    /// <summary>The least time between two states that a terminal shows.</summary>
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>The least time between two lines elsewhere, from the first state on.</summary>
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private long? _shown;
    private bool _isOpen;

    /// <summary>The line on the standard error output.</summary>
    public static LiveLine OfErrorOutput() => new(Console.Error, !Console.IsErrorRedirected && IsCapable(), TimeProvider.System);

    /// <summary>The line on the standard output.</summary>
    public static LiveLine OfOutput() => new(Console.Out, !Console.IsOutputRedirected && IsCapable(), TimeProvider.System);

    /// <summary>Shows a state, unless the one before was shown a moment ago.</summary>
    /// <param name="text">The state, without line ends.</param>
    public void Show(string text)
    {
        lock (_lock)
        {
            bool isFirst = _shown is null;
            if (!isFirst && time.GetElapsedTime(_shown!.Value) < (isTerminal ? RedrawEvery : LineEvery))
            {
                return;
            }

            _shown = time.GetTimestamp();
            if (isTerminal)
            {
                output.Write(Start + text);
                _isOpen = true;
            }
            else if (!isFirst)
            {
                output.WriteLine(text);
            }
        }
    }

    /// <summary>Shows a state that stays. The next one gets a line of its own.</summary>
    /// <param name="text">The state, without line ends.</param>
    public void Keep(string text)
    {
        lock (_lock)
        {
            output.WriteLine(isTerminal ? Start + text : text);
            _shown = null;
            _isOpen = false;
        }
    }

    /// <summary>Ends the line, so that what is written next gets one of its own.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isOpen)
            {
                output.WriteLine();
                _isOpen = false;
            }
        }
    }

    private static bool IsCapable() => Environment.GetEnvironmentVariable("TERM") != "dumb";
}
