namespace DinOrleans.Gateway.Admission;

/// <summary>Marks an endpoint whose requests change something or ask for work.</summary>
/// <param name="Work">The work that the body asks for; null for requests without a body, whose body is not read.</param>
internal abstract record BodyInput(Work? Work);

/// <summary>
/// Marks such an endpoint whose requests must be sent as JSON. A web page of another site can send such a request only if the setting
/// <c>Cors:Origins</c> allows it.
/// </summary>
/// <param name="Work">The work that the body asks for; null for requests without a body, whose body is not read.</param>
internal sealed record JsonInput(Work? Work) : BodyInput(Work);
