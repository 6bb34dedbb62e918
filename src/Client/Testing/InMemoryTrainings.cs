using System.Net;

namespace DinOrleans.Client.Testing;

/// <summary>Trainings in memory. They wait until a test says what came of them.</summary>
public sealed class InMemoryTrainings : ITrainings
{
    private readonly Lock _lock = new();
    private readonly List<TrainingRun> _runs = [];
    private readonly TimeProvider _time;

    internal InMemoryTrainings(TimeProvider time) => _time = time;

    /// <summary>Adds a training, or puts it in the place of the one with its id.</summary>
    public void Set(TrainingRun run)
    {
        lock (_lock)
        {
            int place = _runs.FindIndex(r => r.Id == run.Id);
            if (place < 0)
            {
                _runs.Add(run);
            }
            else
            {
                _runs[place] = run;
            }
        }
    }

    /// <inheritdoc/>
    public Task<TrainingPage> GetAsync(int limit = 20, string? after = null, CancellationToken cancellationToken = default)
    {
        TrainingRun[] found;
        lock (_lock)
        {
            found = [.. _runs.OrderByDescending(r => r.Id, StringComparer.Ordinal).Where(r => after is null || string.CompareOrdinal(r.Id, after) < 0).Take(limit + 1)];
        }

        return Task.FromResult(found.Length > limit ? new TrainingPage(found[..limit], found[limit - 1].Id) : new TrainingPage(found, Next: null));
    }

    /// <inheritdoc/>
    public Task<TrainingRun> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_runs.Find(r => r.Id == id) ?? throw new DinOrleansException($"GET /v1/trainings/{id}: 404 Not Found", HttpStatusCode.NotFound));
        }
    }

    /// <inheritdoc/>
    public Task<TrainingRun> StartAsync(TrainingRequest request, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_runs.Find(r => r.State == "waiting") is { } waiting)
            {
                return Task.FromResult(waiting);
            }

            var run = new TrainingRun
            {
                Id = Guid.CreateVersion7(_time.GetUtcNow()).ToString("N"),
                Trigger = "hand",
                Reason = request.Reason,
                State = "waiting",
                RequestedAt = _time.GetUtcNow(),
                Curve = [],
                Gates = [],
            };
            _runs.Add(run);
            return Task.FromResult(run);
        }
    }
}
