using DinOrleans.Contracts.Health;
using DinOrleans.Grains.Hosting;
using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Statistics;

namespace DinOrleans.Grains.Health;

/// <summary>Tells the cluster what this silo does, every two seconds.</summary>
public sealed class LoadReporter(
    GrainsInstruments instruments,
    IOptions<ScoringOptions> scoring,
    IEnvironmentStatisticsProvider environment,
    ILocalSiloDetails silo,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<LoadReporter> logger) : SiloFollower(TimeSpan.FromSeconds(2), time, logger)
{
    private readonly TimeProvider _time = time;
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private long _rankings;
    private long _since = time.GetTimestamp();

    private bool Scores => scoring.Value.Accelerator != Accelerator.None;

    /// <inheritdoc/>
    protected override Task LoadAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        await grains.GetGrain<ISiloLoadGrain>(0).ReportAsync(Measure(), cancellationToken).ConfigureAwait(false);
        return false;
    }

    private SiloLoad Measure()
    {
        long rankings = instruments.RankingsMade;
        double seconds = Math.Max(_time.GetElapsedTime(_since).TotalSeconds, 0.1);
        double rate = (rankings - _rankings) / seconds;
        (_rankings, _since) = (rankings, _time.GetTimestamp());
        EnvironmentStatistics statistics = environment.GetEnvironmentStatistics();
        return new()
        {
            Silo = silo.SiloAddress.ToParsableString(),
            Name = silo.Name,
            StartedAt = _startedAt,
            Scores = Scores,
            Queue = instruments.QueueLength,
            QueueLimit = Scores ? scoring.Value.QueueLimit : 0,
            Rankings = rankings,
            RankingsPerSecond = rate,
            ProcessorPercent = float.IsFinite(statistics.RawCpuUsagePercentage) ? Math.Round(statistics.FilteredCpuUsagePercentage, 1) : null,
            MemoryBytes = Environment.WorkingSet,
            MemoryLimitBytes = statistics.MaximumAvailableMemoryBytes,
        };
    }
}
