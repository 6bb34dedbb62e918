using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.RateLimiting;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Schema;
using DinOrleans.Contracts.Validation;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Problems;
using DinOrleans.Gateway.Schema;

namespace DinOrleans.Gateway.Items;

/// <summary>
/// Writes the items of a body of lines, in batches, while the body arrives. The next part of the body is read when the batches of the one before are on
/// disk, so that a fast sender takes no more memory than a slow one.
/// </summary>
internal sealed class ItemLines(IGrainFactory grains, ClusterCalls calls, InputSchemaCache schemas, JsonLines lines, WorkAdmission admission, BodyTypes types)
{
    /// <summary>What a request is admitted for, in bytes: the part of the body that is in hand.</summary>
    private const int BytesInHand = 1 << 20;

    /// <summary>Writes the items of a request.</summary>
    /// <exception cref="RefusedLinesException">Lines broke rules. The other batches were written.</exception>
    /// <exception cref="OverloadedException">The gateway has as many writes in hand as it takes.</exception>
    public async Task<ItemsResponse> PutAsync(HttpContext http)
    {
        using RateLimitLease permit = admission.Take(Work.Write, BytesInHand);
        if (!permit.IsAcquired)
        {
            throw new OverloadedException("The gateway has as many bytes of writes in hand as it takes at a time.", TimeSpan.Zero);
        }

        InputSchema schema = await schemas.GetAsync(http.RequestAborted);
        JsonTypeInfo<ItemRequest> type = types.Request<ItemRequest>();
        IItemCatalogueGrain catalogue = grains.GetGrain<IItemCatalogueGrain>(0);
        Queue<ItemBatch> batches = [];
        var batch = new ItemBatch();
        long accepted = 0, refused = 0, count = 0;
        var violations = default(Violations);
        try
        {
            await lines.ReadAsync(
                http,
                (line, text) =>
                {
                    batch.Add(Parse(text, line, type, batch), line, schema);
                    count++;
                    if (batch.Lines == InputLimits.Items)
                    {
                        batches.Enqueue(batch);
                        batch = new();
                    }
                },
                WriteAsync);
            batches.Enqueue(batch);
            await WriteAsync();
        }
        catch (InvalidInputException e)
        {
            // The rest of the body is not read, but batches may have been written.
            foreach (Violation violation in e.Violations)
            {
                violations.Add(violation.Field, violation.Rule);
            }

            throw new RefusedLinesException(accepted, count - accepted, violations);
        }

        if (count == 0)
        {
            throw new InvalidInputException([new("$", "must have at least one line with an item")]);
        }

        return refused == 0 ? new(accepted) : throw new RefusedLinesException(accepted, refused, violations);

        async Task WriteAsync()
        {
            while (batches.TryDequeue(out ItemBatch? next))
            {
                violations.Add(next.Violations);
                if (next.Violations.Listed.Count > 0)
                {
                    refused += next.Lines;
                }
                else if (next.Lines > 0)
                {
                    await calls.CallAsync(token => catalogue.PutAsync(next.Items(), token), http.RequestAborted);
                    accepted += next.Lines;
                }
            }
        }
    }

    /// <summary>Reads an item. Null where the line does not have the form of one; the batch then has the broken rule.</summary>
    private static Item? Parse(ReadOnlySequence<byte> text, long line, JsonTypeInfo<ItemRequest> type, ItemBatch batch)
    {
        byte[] json = text.ToArray();
        try
        {
            return JsonSerializer.Deserialize(json, type)?.ToItem() ?? throw new JsonRuleException(JsonShape.NotAnObject);
        }
        catch (JsonException e)
        {
            Violation broken = JsonViolation.Of(e, json, type);
            batch.Refuse(ItemBatch.Field(line, broken.Field), broken.Rule);
            return null;
        }
    }
}
