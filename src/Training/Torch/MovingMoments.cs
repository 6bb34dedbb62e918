using static TorchSharp.torch;

namespace DinOrleans.Training.Torch;

/// <summary>The moving mean and variance of each channel.</summary>
/// <param name="mean">[channels] The moving means.</param>
/// <param name="variance">[channels] The moving variances.</param>
internal sealed class MovingMoments(Tensor mean, Tensor variance) : IDisposable
{
    /// <summary>The number of batches after which each further batch has the weight <see cref="SmallestShare"/>.</summary>
    public const long SettledAfter = 100;

    /// <summary>The weight of a batch after many batches: a momentum of 0.99.</summary>
    private const double SmallestShare = 1.0 / SettledAfter;

    private readonly double[] _sums = new double[mean.numel()];
    private readonly double[] _squares = new double[mean.numel()];
    private double _count;

    /// <summary>The number of batches seen.</summary>
    public long Batches { get; set; }

    public Tensor Mean { get; } = mean;

    public Tensor Variance { get; } = variance;

    /// <summary>Adds the statistics of a part of a batch, which <see cref="Settle"/> combines with those of the other parts.</summary>
    /// <param name="count">The number of elements of the part.</param>
    /// <param name="partMean">[channels] The means of the part.</param>
    /// <param name="partVariance">[channels] The variances of the part.</param>
    public void Add(double count, ReadOnlySpan<float> partMean, ReadOnlySpan<float> partVariance)
    {
        _count += count;
        for (int c = 0; c < _sums.Length; c++)
        {
            _sums[c] += count * partMean[c];
            _squares[c] += count * (partVariance[c] + ((double)partMean[c] * partMean[c]));
        }
    }

    /// <summary>
    /// Moves towards the statistics of the batch whose parts were added, if there were any. The first hundred batches have equal weight, so that the
    /// initial values have no influence after a short training.
    /// </summary>
    public void Settle()
    {
        if (_count == 0)
        {
            return;
        }

        Batches++;
        double share = Math.Max(SmallestShare, 1.0 / Batches);
        Span<float> means = TorchParameters.Floats(Mean);
        Span<float> variances = TorchParameters.Floats(Variance);
        for (int c = 0; c < _sums.Length; c++)
        {
            double own = _sums[c] / _count;
            means[c] += (float)(share * (own - means[c]));
            variances[c] += (float)(share * (Math.Max(0, (_squares[c] / _count) - (own * own)) - variances[c]));
        }

        _count = 0;
        _sums.AsSpan().Clear();
        _squares.AsSpan().Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        Variance.Dispose();
    }
}
