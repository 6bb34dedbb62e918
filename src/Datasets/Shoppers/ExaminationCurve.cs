namespace DinOrleans.Datasets.Shoppers;

/// <summary>
/// The position-based model of examination: a shopper looks at position k with probability 1 / (1 + k)^η, k from 0, whatever they look at besides. Joachims,
/// Swaminathan and Schnabel, WSDM 2017, use the same form.
/// </summary>
public sealed class ExaminationCurve
{
    private readonly double[] _probabilities;

    /// <param name="exponent">η, at least 0. At 0 every position is looked at; the greater it is, the sooner shoppers stop looking.</param>
    /// <param name="positions">How many positions there are, at least 1.</param>
    public ExaminationCurve(double exponent, int positions) =>
        _probabilities = [.. Enumerable.Range(0, positions).Select(k => Math.Pow(1 + k, -exponent))];

    /// <summary>The probability of looking at a position, 0..1.</summary>
    /// <param name="position">The position, 0 is the first.</param>
    public double Probability(int position) => _probabilities[position];

    /// <summary>How many of the first positions are looked at on average.</summary>
    /// <param name="positions">How many positions are filled.</param>
    public double ExpectedLooks(int positions) => _probabilities.Take(positions).Sum();
}
