using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Models;

/// <summary>Keeps the parts that it is given; "damaged" is a version that it refuses.</summary>
public sealed class ScriptedUploadGrain(ShopScript script) : Grain, IVersionUploadGrain
{
    public Task WriteAsync(VersionPart part, CancellationToken cancellationToken)
    {
        script.Parts.Enqueue(part);
        return Task.CompletedTask;
    }

    public Task CompleteAsync(string version, CancellationToken cancellationToken)
    {
        script.Uploads.Enqueue("complete " + version);
        return version == "damaged" ? throw new InvalidInputException([new("version", "scorer.onnx: is damaged")]) : Task.CompletedTask;
    }

    public Task AbandonAsync(CancellationToken cancellationToken)
    {
        script.Uploads.Enqueue("abandon");
        return Task.CompletedTask;
    }
}
