using System.Text;
using Google.Protobuf.Reflection;

namespace DinOrleans.Gateway.Grpc.Errors;

/// <summary>Names fields as the protocol buffers do.</summary>
internal static class ProtoPath
{
    /// <summary>Turns the path of a field in JSON, such as <c>events[2].itemId</c>, into that of a message, such as <c>events[2].item_id</c>.</summary>
    /// <param name="message">The message that has the field.</param>
    /// <param name="jsonPath">The path. What is not a field of the message, such as the name of a header, stays as it is.</param>
    public static string Of(MessageDescriptor message, string jsonPath)
    {
        var path = new StringBuilder();
        MessageDescriptor? at = message;
        string[] segments = jsonPath.Split('.');
        for (int i = 0; i < segments.Length; i++)
        {
            string segment = segments[i];
            int bracket = segment.IndexOf('[', StringComparison.Ordinal);
            string name = bracket < 0 ? segment : segment[..bracket];
            FieldDescriptor? field = at?.Fields.InDeclarationOrder().FirstOrDefault(f => f.JsonName == name);
            path.Append(i > 0 ? "." : "").Append(field?.Name ?? name).Append(segment.AsSpan(name.Length));
            if (field is null || field.IsMap)
            {
                // The keys of a map may have any character.
                return path.Append(string.Concat(segments[(i + 1)..].Select(key => "." + key))).ToString();
            }

            at = field.FieldType == FieldType.Message ? field.MessageType : null;
        }

        return path.ToString();
    }
}
