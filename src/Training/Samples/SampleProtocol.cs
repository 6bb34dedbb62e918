namespace DinOrleans.Training.Samples;

/// <summary>How a training log is cut into samples.</summary>
public enum SampleProtocol
{
    /// <summary>
    /// As in the original DIN code: each user's last positive is kept for <c>evaluate</c>, the history is everything before it in the user's
    /// order, and an immediate repeat of an item is dropped.
    /// </summary>
    LastItem,

    /// <summary>As in serving: the history is everything that happened strictly earlier, and nothing is held out.</summary>
    Live,
}

/// <summary>Gives each protocol its sample options.</summary>
public static class SampleProtocolExtensions
{
    /// <summary>The sample options of a protocol.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="seed">The seed of the order of the samples and of their negatives.</param>
    public static SampleOptions Options(this SampleProtocol protocol, int seed) => protocol == SampleProtocol.Live
        ? new SampleOptions { Seed = seed }
        : new SampleOptions { Seed = seed, HoldOut = HoldOut.LastItem, HistoryOrder = HistoryOrder.BySequence, DropImmediateRepeats = true };
}
