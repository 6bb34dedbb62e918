using DinOrleans.Datasets.SampleShop;

namespace DinOrleans.Datasets.Shoppers.Visits;

/// <summary>What came of a ranking that was shown.</summary>
internal sealed record VisitOutcome
{
    /// <summary>The ranking.</summary>
    public required ShownRanking Ranking { get; init; }

    /// <summary>The item at each position.</summary>
    public required ShopItem[] Shown { get; init; }

    /// <summary>True for each position that the shopper looked at.</summary>
    public required bool[] Looked { get; init; }

    /// <summary>True for each position that the shopper looked at and clicked.</summary>
    public required bool[] Clicked { get; init; }

    /// <summary>True for each position whose item was clicked and bought.</summary>
    public required bool[] Bought { get; init; }

    /// <summary>The clicks to expect of this order by the true probabilities and the examination curve.</summary>
    public required double ExpectedClicks { get; init; }

    /// <summary>The clicks to expect if the same candidates stood in the order of their true probabilities.</summary>
    public required double BestClicks { get; init; }

    /// <summary>The clicks to expect if the same candidates stood in random order.</summary>
    public required double RandomClicks { get; init; }

    /// <summary>How many positions are looked at on average where as many are shown as were asked for.</summary>
    public required double ExpectedLooks { get; init; }
}
