using DinOrleans.Programs.Terminal;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Cli.Tests.Terminal;

public sealed class LiveLineTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };

    [Fact]
    public void Show_OutputInAPipe_IsALineNowAndThenWithoutControlCharacters()
    {
        using var line = new LiveLine(_output, isTerminal: false, _time);
        for (int second = 0; second < 65; second++)
        {
            line.Show($"second {second}");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        line.Keep("done");

        Assert.Equal("second 30\nsecond 60\ndone\n", _output.ToString());
    }

    [Fact]
    public void Show_Terminal_ReplacesTheStateBeforeAtMostTenTimesASecond()
    {
        using var line = new LiveLine(_output, isTerminal: true, _time);
        for (int i = 0; i < 4; i++)
        {
            line.Show($"{i}");
            _time.Advance(TimeSpan.FromMilliseconds(50));
        }

        line.Keep("done");

        Assert.Equal("\r\u001b[K0\r\u001b[K2\r\u001b[Kdone\n", _output.ToString());
    }

    [Fact]
    public void Dispose_LineThatIsOpen_EndsIt()
    {
        using (var line = new LiveLine(_output, isTerminal: true, _time))
        {
            line.Show("half");
        }

        Assert.Equal("\r\u001b[Khalf\n", _output.ToString());
    }
}
