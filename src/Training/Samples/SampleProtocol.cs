namespace DinOrleans.Training.Samples;

/// <summary>How training cuts a log into samples.</summary>
public enum SampleProtocol
{
    /// <summary>
    /// As in the original DIN code: each user's last positive is kept for <c>evaluate</c>, a history is all before it in the user's
    /// order, and an immediate repeat of an item is dropped.
    /// </summary>
    LastItem,

    /// <summary>As serving sees it: a history is what happened strictly earlier, and nothing is kept back.</summary>
    Live,
}

/// <summary>Sample options of a protocol.</summary>
public static class SampleProtocolExtensions
{
    public static SampleOptions Options(this SampleProtocol protocol, int seed) => protocol == SampleProtocol.Live
        ? new SampleOptions { Seed = seed }
        : new SampleOptions { Seed = seed, HoldOut = HoldOut.LastItem, HistoryOrder = HistoryOrder.BySequence, DropImmediateRepeats = true };
}
