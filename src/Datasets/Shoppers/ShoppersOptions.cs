using System.Globalization;
using DinOrleans.Contracts;
using DinOrleans.Datasets.SampleShop;
using DinOrleans.Model.Validation;

namespace DinOrleans.Datasets.Shoppers;

/// <summary>How shoppers behave. The same options and the same answers of the shop give the same clicks.</summary>
public sealed record ShoppersOptions
{
    /// <summary>The most <see cref="Concurrency"/>.</summary>
    public const int MostConcurrency = 1000;

    /// <summary>The greatest <see cref="Examination"/>.</summary>
    public const double MostExamination = 10;

    /// <summary>The seed of who visits when, of the candidates and of what is looked at and clicked.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many of the shop's users visit, 1 to all of them; null for all.</summary>
    public int? Users { get; init; }

    /// <summary>The candidates of a ranking, 1 to 1,000 and at most a quarter of the items.</summary>
    public int Candidates { get; init; } = 100;

    /// <summary>The items that a ranking shows, 1 to <see cref="Candidates"/>.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>The exponent of the <see cref="ExaminationCurve"/>, 0 to 10. At 0 shoppers look at every item shown.</summary>
    public double Examination { get; init; } = 1;

    /// <summary>
    /// The probability that a shopper gives up one interest for a new one between two visits, and how much less older clicks say, 0 to 1; null for
    /// what the shop was made with.
    /// </summary>
    public double? Drift { get; init; }

    /// <summary>The visits under way at the same time, 1 to 1,000.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>True to send an impression event for each item that was looked at. Otherwise the shop's own log says what was shown.</summary>
    public bool SendsImpressions { get; init; }

    /// <summary>The type of the event that says that a clicked item was bought, for example "buy"; null where nobody buys.</summary>
    public string? ConversionType { get; init; }

    /// <summary>
    /// Begins the ids of events that do not follow from a ranking, 1 to 64 characters. Runs against the same shop need different ones, because
    /// an event id is applied once per user.
    /// </summary>
    public string RunId { get; init; } = "shoppers";

    /// <summary>Checks the ranges.</summary>
    /// <param name="shop">The shop that is visited.</param>
    /// <exception cref="InvalidContentException">An option is out of its range; the message lists them all.</exception>
    public void Validate(SampleShopOptions shop)
    {
        Problems problems = [];
        problems.Require(Users is null || (Users >= 1 && Users <= shop.Users), $"users must be 1 to {Number(shop.Users)}, the shop's users");
        problems.Require(Candidates is >= 1 and <= InputLimits.Candidates, $"candidates must be 1 to {Number(InputLimits.Candidates)}");
        problems.Require(Candidates * 4L <= shop.Items, $"candidates must be at most {Number(shop.Items / 4)}, a quarter of the shop's items");
        problems.Require(Limit >= 1 && Limit <= Candidates, $"limit must be 1 to {Number(Candidates)}, the number of candidates");
        problems.Require(Examination is >= 0 and <= MostExamination, $"examination must be 0 to {MostExamination}");
        problems.Require(Drift is null or (>= 0 and <= 1), "drift must be 0 to 1");
        problems.Require(Concurrency is >= 1 and <= MostConcurrency, $"concurrency must be 1 to {Number(MostConcurrency)}");
        problems.Require(ConversionType is null || !string.IsNullOrWhiteSpace(ConversionType), "conversions must name an event type");
        problems.Require(RunId.Length is >= 1 and <= 64, "run id must have 1 to 64 characters");
        problems.ThrowIfAny("shoppers");
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
