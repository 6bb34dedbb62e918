using System.Formats.Tar;
using System.Net;

namespace DinOrleans.Client;

/// <summary>The files of a folder as a tar that is made while it is sent, so that neither memory nor disk has to hold it.</summary>
/// <param name="folder">The folder.</param>
/// <param name="files">Its files.</param>
/// <param name="progress">Is told how much was sent; null for nobody.</param>
internal sealed class FolderTar(string folder, IReadOnlyList<FileInfo> files, IProgress<UploadProgress>? progress) : HttpContent
{
    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        long total = files.Sum(f => f.Length);
        long sent = 0;
        var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true);
        await using (tar.ConfigureAwait(false))
        {
            foreach (FileInfo file in files)
            {
                using var content = new ReadCounter(file.OpenRead(), read => progress?.Report(new(sent += read, total)));
                var entry = new PaxTarEntry(TarEntryType.RegularFile, Path.GetRelativePath(folder, file.FullName).Replace('\\', '/')) { DataStream = content };
                await tar.WriteEntryAsync(entry, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
