using DinOrleans.Kernels.Cuda;

namespace DinOrleans.Kernels.Tests.Cuda;

/// <summary>The kernels on a GPU, where there is one; that they equal ONNX Runtime is tested beside the scorers.</summary>
[Trait("Category", "Gpu")]
public sealed class CudaDinTests
{
    private const int History = 7;
    private const int Candidates = 40;

    [Fact]
    public void Score_RequestAloneAndPadded_IsTheSame()
    {
        Assert.SkipUnless(CudaDevice.Count > 0, "This machine has no CUDA device.");
        using CudaDin din = CudaDin.TryCreate(CudaDevice.Open(0), Forms.Create("""{ "recency": true }"""), half: false)!;
        float[] alone = Score(din, 1, History, Candidates);
        float[] padded = Score(din, 2, History + 9, Candidates + 5);
        Assert.Equal(alone, padded.AsSpan(0, alone.Length).ToArray());
        Assert.All(alone, score => Assert.InRange(score, 0, 1));
    }

    [Fact]
    public void Score_HistoryBeyondTheLimit_IsRefused()
    {
        Assert.SkipUnless(CudaDevice.Count > 0, "This machine has no CUDA device.");
        using CudaDin din = CudaDin.TryCreate(CudaDevice.Open(0), Forms.Create("""{ "recency": true }"""), half: false)!;
        Assert.Throws<ArgumentException>(() => Score(din, 1, 1_001, 1));
    }

    /// <summary>The first request of a batch always has the same history and candidates, whatever the batch is padded to.</summary>
    private static float[] Score(CudaDin din, int requests, int history, int candidates)
    {
        int d = Forms.Layout.ItemWidth;
        float[] scores = new float[requests * candidates * Forms.Layout.TaskCount];
        din.Score(new FusedBatch
        {
            Requests = requests,
            HistoryLength = history,
            CandidateCount = candidates,
            HistoryLengths = [.. Enumerable.Repeat(Math.Min(history, History), requests)],
            CandidateCounts = [.. Enumerable.Repeat(Math.Min(candidates, Candidates), requests)],
            Behaviours = Rows(1, requests, history, d),
            Candidates = Rows(2, requests, candidates, d),
            CandidateBias = Rows(3, requests, candidates, 1),
            Profile = Rows(4, requests, 1, Forms.Layout.ProfileWidth),
            Context = Rows(5, requests, 1, Forms.Layout.ContextWidth),
            Scores = scores,
        });
        return scores;
    }

    private static float[] Rows(int seed, int requests, int rows, int width)
    {
        float[] numbers = new float[requests * rows * width];
        for (int request = 0; request < requests; request++)
        {
            var random = new Random(seed + request);
            for (int i = 0; i < rows * width; i++)
            {
                numbers[(request * rows * width) + i] = random.NextSingle() - 0.5f;
            }
        }

        return numbers;
    }
}
