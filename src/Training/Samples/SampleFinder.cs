namespace DinOrleans.Training.Samples;

/// <summary>Finds what can be learned from in a log: rankings as shown, or single positives where nothing says what was shown.</summary>
internal sealed class SampleFinder(TrainingLog log, SampleOptions options, EventKinds kinds, BehaviourIndex behaviours)
{
    /// <summary>The samples of all users, those held out left out.</summary>
    public List<Sample> Find()
    {
        bool hasImpressions = Enumerable.Range(0, log.Events.Item.Length).Any(e => kinds.IsImpression(log.Events.Type[e]) && log.Events.Ranking[e] >= 0);
        List<Sample> samples = [];
        for (int user = 0; user < log.UserIds.Count; user++)
        {
            int first = samples.Count;
            if (hasImpressions)
            {
                AddRankings(user, samples);
            }
            else
            {
                AddPositives(user, samples);
            }

            if (options.HoldOut == HoldOut.LastItem)
            {
                HoldOutLast(user, samples, first);
            }
        }

        return samples;
    }

    /// <summary>Every position from the second is a positive; the first has nothing before it to learn from.</summary>
    private void AddPositives(int user, List<Sample> samples)
    {
        for (int e = log.Events.UserStart[user]; e < log.Events.UserStart[user + 1]; e++)
        {
            if (kinds.IsPositive(log.Events.Type[e]) && Sample(user, e, null) is { History: > 0 } sample)
            {
                samples.Add(sample);
            }
        }
    }

    private void AddRankings(int user, List<Sample> samples)
    {
        var shown = Enumerable.Range(log.Events.UserStart[user], log.Events.UserStart[user + 1] - log.Events.UserStart[user])
            .Where(e => kinds.IsImpression(log.Events.Type[e]) && log.Events.Ranking[e] >= 0)
            .GroupBy(e => log.Events.Ranking[e]);
        foreach (IGrouping<int, int> ranking in shown)
        {
            int[] impressions = [.. ranking];
            int[] items = Array.ConvertAll(impressions, e => log.Events.Item[e]);
            samples.Add(Sample(user, impressions[0], new(items, Labels(user, impressions))));
        }
    }

    private Sample Sample(int user, int e, ShownCandidates? shown)
    {
        int end = behaviours.End(user, e, options.HistoryOrder);
        return new(user, e, end, Math.Min(behaviours.Length(user, end), log.Schema.Behaviours.MaxLength), shown);
    }

    /// <summary>A positive is an impression's where it follows within the window, on its item, in its ranking or in none.</summary>
    private float[] Labels(int user, int[] impressions)
    {
        EventTable events = log.Events;
        float[] labels = new float[impressions.Length * kinds.Tasks];
        long until = events.Timestamp[impressions[^1]] + (long)options.AttributionWindow.TotalMilliseconds;
        for (int e = impressions[0]; e < events.UserStart[user + 1] && events.Timestamp[e] <= until; e++)
        {
            if (!kinds.IsPositive(events.Type[e]))
            {
                continue;
            }

            for (int i = 0; i < impressions.Length; i++)
            {
                int shown = impressions[i];
                bool isItsOwn = events.Item[shown] == events.Item[e]
                    && (events.Ranking[e] < 0 || events.Ranking[e] == events.Ranking[shown])
                    && events.Timestamp[e] >= events.Timestamp[shown]
                    && events.Timestamp[e] - events.Timestamp[shown] <= options.AttributionWindow.TotalMilliseconds;
                for (int task = 0; isItsOwn && task < kinds.Tasks; task++)
                {
                    if (kinds.IsPositive(events.Type[e], task))
                    {
                        labels[(i * kinds.Tasks) + task] = 1;
                    }
                }
            }
        }

        return labels;
    }

    /// <summary>Removes a user's last sample with a positive, and all after it.</summary>
    private void HoldOutLast(int user, List<Sample> samples, int first)
    {
        if (samples.Count == first)
        {
            return;
        }

        int last = samples.FindLastIndex(samples.Count - 1, samples.Count - first, s => s.Shown?.Labels.Any(l => l > 0) ?? IsLastPositive(user, s.Event));
        if (last >= 0)
        {
            samples.RemoveRange(last, samples.Count - last);
        }
    }

    private bool IsLastPositive(int user, int e)
    {
        for (int later = e + 1; later < log.Events.UserStart[user + 1]; later++)
        {
            if (kinds.IsPositive(log.Events.Type[later]))
            {
                return false;
            }
        }

        return true;
    }
}
