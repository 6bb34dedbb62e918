using System.Diagnostics;
using OpenTelemetry;

namespace DinOrleans.Programs.Telemetry;

/// <summary>Takes user ids out of spans before they are exported. They are the keys of grains, and are in the paths of requests.</summary>
internal sealed class UserIdRemoval : BaseProcessor<Activity>
{
    private const string Path = "url.path";

    /// <summary>The tags of Orleans that have no key of a grain. Others may have one, alone or within an address.</summary>
    private static readonly string[] WithoutKeys = ["orleans.rpc.service", "orleans.grain.type", "orleans.grain.state", "orleans.silo.id", "orleans.activation.id"];

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        List<string>? withKeys = null;
        foreach ((string name, _) in data.EnumerateTagObjects())
        {
            if (name.StartsWith("orleans.", StringComparison.Ordinal) && !WithoutKeys.Contains(name))
            {
                (withKeys ??= []).Add(name);
            }
        }

        withKeys?.ForEach(name => data.SetTag(name, null));
        if (data.GetTagItem(Path) is not null)
        {
            // A path that is not one of the API has no route, and may have anything in it.
            data.SetTag(Path, data.GetTagItem("http.route"));
        }
    }
}
