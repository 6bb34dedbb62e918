namespace DinOrleans.Training.Samples;

/// <summary>Says which behaviours precede a ranking and so form its history.</summary>
public enum HistoryOrder
{
    /// <summary>The behaviours with a strictly earlier time.</summary>
    ByTime,

    /// <summary>
    /// All behaviours that are earlier in the user's order. This is for logs whose clock is coarser than their order, such as invoices whose items
    /// share a minute. The other items of an invoice then belong to the history, although serving could not have seen them at that moment.
    /// </summary>
    BySequence,
}
