using Microsoft.OpenApi;

namespace DinOrleans.Gateway.OpenApi;

/// <summary>
/// Takes null out of the schemas. Answers leave a member out instead of writing null, and requests need not send null either, so that code that
/// is generated from the document has optional members only.
/// </summary>
internal static class NullFreeSchemas
{
    /// <summary>Rewrites the schemas of a document in place.</summary>
    public static void Rewrite(OpenApiDocument document)
    {
        foreach (IOpenApiSchema schema in document.Components?.Schemas?.Values ?? [])
        {
            Rewrite(schema);
        }
    }

    private static IOpenApiSchema Rewrite(IOpenApiSchema schema)
    {
        // What is referenced is rewritten where it is defined.
        if (schema is not OpenApiSchema own)
        {
            return schema;
        }

        if (own.OneOf is { Count: 2 } either && either.Any(IsNull))
        {
            IOpenApiSchema other = either.First(s => !IsNull(s));
            if (other is OpenApiSchemaReference reference && own.Description is { } description)
            {
                reference.Description = description;
            }

            return Rewrite(other);
        }

        own.Type &= ~JsonSchemaType.Null;
        foreach ((string name, IOpenApiSchema member) in own.Properties?.ToArray() ?? [])
        {
            own.Properties![name] = Rewrite(member);
        }

        own.Items = own.Items is { } items ? Rewrite(items) : null;
        own.AdditionalProperties = own.AdditionalProperties is { } values ? Rewrite(values) : null;
        return own;
    }

    private static bool IsNull(IOpenApiSchema schema) => schema.Type == JsonSchemaType.Null;
}
