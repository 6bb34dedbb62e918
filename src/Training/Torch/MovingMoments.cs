using static TorchSharp.torch;

namespace DinOrleans.Training.Torch;

/// <summary>Moving mean and variance a channel.</summary>
/// <param name="mean">[channels].</param>
/// <param name="variance">[channels].</param>
internal sealed class MovingMoments(Tensor mean, Tensor variance) : IDisposable
{
    /// <summary>Batches from which on each counts with <see cref="SmallestShare"/>.</summary>
    public const long SettledAfter = 100;

    /// <summary>Share of a batch once many were seen: a momentum of 0.99.</summary>
    private const double SmallestShare = 1.0 / SettledAfter;

    /// <summary>Batches seen.</summary>
    public long Batches { get; set; }

    public Tensor Mean { get; } = mean;

    public Tensor Variance { get; } = variance;

    /// <summary>
    /// Moves towards the statistics of a batch. The first hundred count alike, so that a short training is not left with the
    /// initial values.
    /// </summary>
    public void Update(Tensor batchMean, Tensor batchVariance)
    {
        using (no_grad())
        {
            Batches++;

            // The library interpolates by a tensor, not by a scalar: it is held like one (Scalars), and not left to a conversion in each call.
            using Tensor share = Math.Max(SmallestShare, 1.0 / Batches);
            Mean.lerp_(batchMean, share);
            Variance.lerp_(batchVariance, share);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        Variance.Dispose();
    }
}
