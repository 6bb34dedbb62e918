using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace DinOrleans.Gateway.Grpc.Hosting;

/// <summary>
/// Decompresses messages, and stops where one is larger than messages may be. The server of gRPC checks only how large a message is before it is
/// decompressed.
/// </summary>
/// <param name="mostBytes">The largest message.</param>
internal sealed class BoundedGzip(long mostBytes) : ICompressionProvider
{
    /// <inheritdoc/>
    public string EncodingName => "gzip";

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) => new GZipStream(stream, compressionLevel ?? CompressionLevel.Fastest, leaveOpen: true);

    /// <inheritdoc/>
    public Stream CreateDecompressionStream(Stream stream) => new Bounded(new GZipStream(stream, CompressionMode.Decompress), mostBytes);

    private sealed class Bounded(GZipStream inner, long mostBytes) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int read = inner.Read(buffer);
            _read += read;
            return _read <= mostBytes ? read
                : throw new RpcException(new Status(StatusCode.ResourceExhausted, $"A message must be at most {mostBytes:N0} bytes when it is decompressed."));
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
