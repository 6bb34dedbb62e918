using DinOrleans.Contracts.Health;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Schema;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Gateway.Tests.Hosting;

/// <summary>Answers by the script and writes down what it was asked.</summary>
public sealed class ScriptedUserGrain(ShopScript script) : Grain, IUserGrain
{
    private string UserId => this.GetPrimaryKeyString();

    public async Task<Ranking> RankAsync(RankQuery query, CancellationToken cancellationToken)
    {
        script.Queries[UserId] = query;
        FailIfScripted();
        await HangIfScriptedAsync(cancellationToken);
        return script.Rankings.TryGetValue(UserId, out Ranking? ranking) ? ranking : ShopScript.ModelRanking(query);
    }

    public async Task<AppendResult> AppendAsync(IReadOnlyList<BehaviourEvent> events, CancellationToken cancellationToken)
    {
        FailIfScripted();
        await HangIfScriptedAsync(cancellationToken);
        script.Appended[UserId] = events;
        return new AppendResult(events.Count - 1, 1, 2);
    }

    public Task PutProfileAsync(UserProfile profile, CancellationToken cancellationToken)
    {
        FailIfScripted();
        script.Profiles[UserId] = profile;
        return Task.CompletedTask;
    }

    public Task<UserPage> GetAsync(UserPageQuery query, CancellationToken cancellationToken)
    {
        FailIfScripted();
        script.Pages[UserId] = query;
        return Task.FromResult(new UserPage(
            UserId,
            script.Profiles.TryGetValue(UserId, out UserProfile? profile) ? profile : new UserProfile(Contracts.EmptyFeatures.Instance),
            script.Appended.TryGetValue(UserId, out IReadOnlyList<BehaviourEvent>? events) ? events : [],
            [new LoggedRanking { RankingId = "r1", UserId = UserId, ModelVersion = "v1", Timestamp = ShopScript.Noon, Items = [new("i1", 0.5f)] }],
            query.After is null ? "b-1-2" : null));
    }

    public Task<UserRecent> GetRecentAsync(int limit, CancellationToken cancellationToken)
    {
        FailIfScripted();
        return Task.FromResult(new UserRecent(
            UserId,
            new UserProfile(Contracts.EmptyFeatures.Instance),
            script.Appended.TryGetValue(UserId, out IReadOnlyList<BehaviourEvent>? events) ? events : [],
            [new LoggedRanking { RankingId = "r1", UserId = UserId, ModelVersion = "v1", Timestamp = ShopScript.Noon, Items = [new("i1", 0.5f)] }]));
    }

    public Task EraseAsync(CancellationToken cancellationToken)
    {
        FailIfScripted();
        script.Erased.Enqueue(UserId);
        return Task.CompletedTask;
    }

    private async Task HangIfScriptedAsync(CancellationToken cancellationToken)
    {
        if (script.Hangs.TryGetValue(UserId, out TaskCompletionSource? reached))
        {
            reached.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                script.Cancelled.Writer.TryWrite(UserId);
            }
        }
    }

    private void FailIfScripted()
    {
        if (script.Failures.TryGetValue(UserId, out Exception? failure))
        {
            throw failure;
        }

        int calls = script.Leaving.GetValueOrDefault(UserId);
        if (calls > 0)
        {
            script.Leaving[UserId] = calls - 1;
            throw new SiloUnavailableException("The silo leaves.");
        }
    }
}

/// <inheritdoc cref="ScriptedUserGrain"/>
public sealed class ScriptedCatalogueGrain(ShopScript script) : Grain, IItemCatalogueGrain
{
    public Task<int> PutAsync(IReadOnlyList<Item> items, CancellationToken cancellationToken)
    {
        foreach (Item item in items)
        {
            script.Items.Enqueue(item);
        }

        return Task.FromResult(items.Count);
    }

    public Task<Item?> GetAsync(string itemId, CancellationToken cancellationToken) => Task.FromResult(script.Items.LastOrDefault(i => i.ItemId == itemId));

    public Task<bool> DeleteAsync(string itemId, CancellationToken cancellationToken)
    {
        script.DeletedItems.Enqueue(itemId);
        return Task.FromResult(true);
    }
}

/// <inheritdoc cref="ScriptedUserGrain"/>
public sealed class ScriptedSchemaGrain(ShopScript script) : Grain, ISchemaGrain
{
    public Task<InputSchema> GetAsync(CancellationToken cancellationToken) => Task.FromResult(script.AnswerSchema());
}

/// <inheritdoc cref="ScriptedUserGrain"/>
/// <summary>Takes writes as the script says.</summary>
public sealed class ScriptedStoreHealthGrain(ShopScript script) : Grain, IStoreHealthGrain
{
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        script.CheckStore();
        return Task.CompletedTask;
    }
}

public sealed class ScriptedRegistryGrain(ShopScript script) : Grain, IModelRegistryGrain
{
    public Task<ModelRegistry> GetAsync(CancellationToken cancellationToken) => Task.FromResult(script.AnswerRegistry());

    public Task PublishAsync(string version, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RecordAsync(string version, CancellationToken cancellationToken)
    {
        script.Recorded.Enqueue(version);
        return Task.CompletedTask;
    }

    public Task ActivateAsync(string version, CancellationToken cancellationToken)
    {
        if (version != "v1")
        {
            throw new Contracts.InvalidInputException([new("version", "is not known")]);
        }

        script.Activated.Enqueue(version);
        return Task.CompletedTask;
    }
}
