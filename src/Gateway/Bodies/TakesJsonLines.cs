namespace DinOrleans.Gateway.Bodies;

/// <summary>Marks an endpoint that takes lines of JSON beside JSON. It reads such a body itself, by <see cref="JsonLines"/>.</summary>
internal sealed record TakesJsonLines;
