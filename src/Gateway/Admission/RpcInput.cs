namespace DinOrleans.Gateway.Admission;

/// <summary>Marks an endpoint that is called by gRPC.</summary>
/// <param name="Kind">The kind of work that each of its messages asks for.</param>
/// <param name="IsStream">
/// True where the caller sends any number of messages. The endpoint then takes the permit of each message itself. Otherwise the one message is read
/// and admitted before the endpoint is called.
/// </param>
internal sealed record RpcInput(Work Kind, bool IsStream) : BodyInput(Kind);
