using System.Reflection;
using DinOrleans.Contracts.Tests.Serialization;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Inference;

namespace DinOrleans.Contracts.Tests;

public sealed class CallDeadlinesTests
{
    /// <summary>These say themselves how long they are of use, and their callers wait no longer.</summary>
    private static readonly string[] WithTimeLeft = [$"{nameof(IUserGrain)}.{nameof(IUserGrain.RankAsync)}", $"{nameof(IInferenceGrain)}.{nameof(IInferenceGrain.ScoreAsync)}"];

    [Fact]
    public void GrainInterfaces_EveryCall_EndsWithoutAnAnswer() => Assert.Equal(
        WithTimeLeft.Order(),
        ContractTypes.GrainInterfaces.SelectMany(t => t.GetMethods())
            .Where(m => m.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout is not { Ticks: > 0 })
            .Select(m => $"{m.DeclaringType!.Name}.{m.Name}")
            .Order());
}
