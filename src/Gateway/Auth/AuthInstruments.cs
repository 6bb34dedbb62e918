using System.Diagnostics.Metrics;

namespace DinOrleans.Gateway.Auth;

/// <summary>The metrics of access to the REST API. None has the name of a caller.</summary>
internal sealed class AuthInstruments
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "DinOrleans.Gateway.Auth";

    private readonly Counter<long> _denied;

    public AuthInstruments(IMeterFactory meters) => _denied = meters.Create(MeterName).CreateCounter<long>(
        "dinorleans.requests.denied", "{request}", "Number of requests that their callers may not make, by reason: missing, invalid, scope, rate or unavailable");

    public void Denied(string reason) => _denied.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
