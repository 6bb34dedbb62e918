using System.Text.Json.Nodes;
using DinOrleans.Training.Checkpoints;
using DinOrleans.Training.Log;

namespace DinOrleans.Training.Versions;

/// <summary>Describes the training of a version for its checkpoint, which only the same training can resume.</summary>
internal static class VersionIdentity
{
    /// <param name="log">The log that is learned from.</param>
    /// <param name="options">The model, its samples and how it is trained.</param>
    /// <param name="startedFrom">The version that training starts from. Null for none.</param>
    public static TrainingIdentity Describe(TrainingLog log, VersionOptions options, string? startedFrom)
    {
        JsonObject all = JsonObject.Create(options.ToJson())!;
        all["startedFrom"] = startedFrom;
        return new(log.Schema.ToJson(), all.ToJsonString(), options.Checkpoint is { FollowsLog: true } ? "the log of a running shop" : log.Digest);
    }
}
