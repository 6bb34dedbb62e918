using System.Buffers;
using Microsoft.Extensions.Logging;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace DinOrleans.Grains.Hosting;

/// <summary>
/// Sends an exception of a library as one that every caller knows. Such an exception may come from the runtime itself or be an inner exception, which
/// the filter of grain calls does not see. Orleans has no codec for it, so the caller would get an error about the codec.
/// </summary>
internal sealed partial class ForeignExceptionCodec(ILogger<ForeignExceptionCodec> logger) : IGeneralizedCodec
{
    private readonly ILogger _logger = logger;

    public bool IsSupportedType(Type type) => WireExceptions.IsForeign(type);

    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, object? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        var error = (Exception)value!;
        LogReplaced(error);
        Exception told = WireExceptions.Told(error);
        writer.Session.CodecProvider.GetCodec(told.GetType()).WriteField(ref writer, fieldIdDelta, expectedType, told);
    }

    public object ReadValue<TInput>(ref Reader<TInput> reader, Field field) =>
        throw new NotSupportedException($"{field.FieldType} is never sent as such.");

    [LoggerMessage(EventId = 301, Level = LogLevel.Error, Message = "A call failed outside of a grain")]
    private partial void LogReplaced(Exception error);
}
