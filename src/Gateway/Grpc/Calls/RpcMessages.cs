using DinOrleans.Contracts;
using DinOrleans.Gateway.Admission;
using Google.Protobuf;

namespace DinOrleans.Gateway.Grpc.Calls;

/// <summary>Parses the messages of calls, once their work was admitted.</summary>
internal sealed class RpcMessages(WorkAdmission admission)
{
    /// <summary>Parses a message.</summary>
    /// <exception cref="InvalidInputException">The bytes are not such a message. The field is $, for the whole message.</exception>
    public async ValueTask<T> ParseAsync<T>(byte[] message, MessageParser<T> parser, CancellationToken cancellationToken)
        where T : IMessage<T>
    {
        if (message.Length <= WorkAdmission.HeavyBytes)
        {
            return Parse(message, parser);
        }

        using HeavyTurn turn = await admission.HeavyTurnAsync(cancellationToken);
        return Parse(message, parser);
    }

    private static T Parse<T>(byte[] message, MessageParser<T> parser)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(message);
        }
        catch (InvalidProtocolBufferException)
        {
            throw new InvalidInputException([new("$", $"must be a message of the type {typeof(T).Name}, whose texts are valid UTF-8")]);
        }
    }
}
