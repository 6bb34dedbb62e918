using System.Reflection;
using DinOrleans.Contracts.Models;
using DinOrleans.Standalone.Shop;
using DinOrleans.TestMachine;
using DinOrleans.Training.Service;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace DinOrleans.Standalone.Tests.Shop;

public sealed class ShopStartupTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_SiloStopsFirstWhenTheHostStops_EndsWithoutAFailure()
    {
        using ShopStartup startup = await StartAsync(_lifetime.StopApplication);
        await startup.ExecuteTask!.WaitAsync(Eventually.Timeout, Cancellation);
    }

    [Fact]
    public async Task Execute_SiloFailsWhileTheHostRuns_Fails()
    {
        using ShopStartup startup = await StartAsync(() => { });
        await Assert.ThrowsAsync<SiloUnavailableException>(() => startup.ExecuteTask!.WaitAsync(Eventually.Timeout, Cancellation));
    }

    public void Dispose() => _data.Dispose();

    /// <summary>Starts in a shop whose dataset is loaded; the registry's silo has stopped.</summary>
    private async Task<ShopStartup> StartAsync(Action beforeTheCallFails)
    {
        var folders = new ShopFolders(_data.Path, _data["dataset"], Artifact: null);
        await File.WriteAllTextAsync(folders.LoadedMark, folders.Dataset, Cancellation);
        IModelRegistryGrain registry = Answers.Make<IModelRegistryGrain>(() =>
        {
            beforeTheCallFails();
            return Task.FromException<ModelRegistry>(new SiloUnavailableException("gone"));
        });
        var startup = new ShopStartup(
            folders,
            schema: null!,
            new ShopLoader(folders, items: null!, profiles: null!, behaviours: null!),
            users: null!,
            artifacts: null!,
            Answers.Make<IGrainFactory>(() => registry),
            new PatientCalls(TimeProvider.System, NullLogger<PatientCalls>.Instance),
            new TrainingStart(),
            firstTraining: null!,
            example: null!,
            TimeProvider.System,
            _lifetime,
            NullLogger<ShopStartup>.Instance);
        _lifetime.NotifyStarted();
        await startup.StartAsync(Cancellation);
        return startup;
    }

    /// <summary>Answers every call alike.</summary>
    public class Answers : DispatchProxy
    {
        private Func<object?> _answer = () => null;

        public static T Make<T>(Func<object?> answer)
            where T : class
        {
            T proxy = Create<T, Answers>();
            ((Answers)(object)proxy)._answer = answer;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer();
    }
}
