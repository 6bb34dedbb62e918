using System.Net;
using System.Text.Json;

namespace DinOrleans.Client;

/// <summary>Items as lines of JSON that are written while they are read, so that memory never has to hold them.</summary>
/// <param name="items">The items.</param>
internal sealed class ItemLines(IAsyncEnumerable<CatalogueItem> items) : HttpContent
{
    /// <summary>Bytes that gather before they are sent.</summary>
    private const int SendAt = 64 * 1024;

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var lines = new MemoryStream();
        await foreach (CatalogueItem item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            JsonSerializer.Serialize(lines, item, ClientJson.Default.CatalogueItem);
            lines.WriteByte((byte)'\n');
            if (lines.Length >= SendAt)
            {
                await SendAsync(lines, stream, cancellationToken).ConfigureAwait(false);
            }
        }

        await SendAsync(lines, stream, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private static async Task SendAsync(MemoryStream lines, Stream stream, CancellationToken cancellationToken)
    {
        lines.Position = 0;
        await lines.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
        lines.SetLength(0);
    }
}
