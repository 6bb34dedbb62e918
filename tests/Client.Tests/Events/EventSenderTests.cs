using DinOrleans.Client.Testing;
using DinOrleans.TestMachine;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Client.Tests.Events;

public sealed class EventSenderTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<EventSender> _logger = new();
    private readonly InMemoryDinOrleansClient _kept = new();
    private readonly UnsteadyServer _server;

    public EventSenderTests() => _server = new UnsteadyServer(_kept);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendAsync_ServerAwayForAMinute_LosesAndDoublesNothing()
    {
        await using EventSender sender = Sender(new() { BatchLimit = 7 });
        _server.IsAway = true;
        for (int i = 0; i < 200; i++)
        {
            await sender.SendAsync(Event(i), Cancellation);
            _time.Advance(TimeSpan.FromMilliseconds(300));
        }

        await PassTimeUntilAsync("the sender has tried three times", () => _server.Calls, n => n >= 3);
        Assert.Empty(_kept.Events);
        _server.IsAway = false;
        await PassTimeUntilAsync(sender.FlushAsync(Cancellation));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"e{i}"), _kept.Events.Select(e => e.EventId));
        Assert.Equal([LogLevel.Warning, LogLevel.Information], _logger.Collector.GetSnapshot().Select(l => l.Level));
    }

    [Fact]
    public async Task SendAsync_AnswerLostAfterTheServerAppliedEvents_DoublesNothing()
    {
        await using EventSender sender = Sender(new());
        _server.LosesAnswers = 2;
        await sender.SendAsync(Event(1), Cancellation);
        await sender.SendAsync(Event(2), Cancellation);

        await PassTimeUntilAsync(sender.FlushAsync(Cancellation));

        Assert.Equal(["e1", "e2"], _kept.Events.Select(e => e.EventId));
    }

    [Fact]
    public async Task SendAsync_EventThatBreaksARule_IsDroppedAndTheOthersAreApplied()
    {
        await using EventSender sender = Sender(new());
        await sender.SendAsync(Event(1), Cancellation);
        await sender.SendAsync(Event(2) with { Type = "no such type" }, Cancellation);
        await sender.SendAsync(Event(3), Cancellation);

        await PassTimeUntilAsync(sender.FlushAsync(Cancellation));

        Assert.Equal(["e1", "e3"], _kept.Events.Select(e => e.EventId));
        Assert.Equal(1, sender.Refused);
        Assert.Equal("The server refused event e2: type must be an event type of the schema", _logger.LatestRecord.Message);
    }

    [Fact]
    public async Task TrySend_QueueFull_TakesNoMoreAndLosesNothingThatItTook()
    {
        await using EventSender sender = Sender(new() { QueueLimit = 3 });
        _server.IsAway = true;
        int taken = 0;
        while (sender.TrySend(Event(taken)))
        {
            taken++;
        }

        Assert.InRange(taken, 3, 503);
        _server.IsAway = false;
        await PassTimeUntilAsync(sender.FlushAsync(Cancellation));
        Assert.Equal(taken, _kept.Events.Count);
    }

    [Fact]
    public async Task DisposeAsync_EventsWait_SendsThemFirst()
    {
        EventSender sender = Sender(new());
        await sender.SendAsync(Event(1), Cancellation);

        await PassTimeUntilAsync(sender.DisposeAsync().AsTask());

        Assert.Single(_kept.Events);
        Assert.False(sender.TrySend(Event(2)));
    }

    [Fact]
    public async Task DisposeAsync_ServerAway_StopsInTimeAndSaysWhatIsLost()
    {
        EventSender sender = Sender(new());
        _server.IsAway = true;
        await sender.SendAsync(Event(1), Cancellation);

        await PassTimeUntilAsync(sender.DisposeAsync().AsTask());

        Assert.Empty(_kept.Events);
        Assert.Equal("The sender was stopped before 1 events were taken by the server. They are lost", _logger.LatestRecord.Message);
    }

    [Theory]
    [InlineData("events[3].timestamp", 3)]
    [InlineData("events[12]", 12)]
    [InlineData("events", null)]
    [InlineData("events[].type", null)]
    [InlineData("userId", null)]
    public void Place_Field_IsTheEventInTheRequest(string field, int? place) => Assert.Equal(place, EventField.Place(field));

    private static BehaviourEvent Event(int number) =>
        new() { EventId = $"e{number}", UserId = $"u{number % 5}", ItemId = "i", Type = "click", Timestamp = DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(number) };

    private EventSender Sender(EventSenderOptions options) => new(_server, Options.Create(options), _time, _logger);

    private Task<bool> PassTimeUntilAsync(Task call) => PassTimeUntilAsync("the call ends", () => call.IsCompleted, ended => ended);

    private Task<T> PassTimeUntilAsync<T>(string phase, Func<T> look, Func<T, bool> condition) => Eventually.BecomesAsync(
        phase,
        () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(200));
            return look();
        },
        condition,
        cancellationToken: Cancellation);
}
