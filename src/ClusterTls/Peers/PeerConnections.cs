using DinOrleans.ClusterTls.Settings;
using Microsoft.AspNetCore.Connections;

namespace DinOrleans.ClusterTls.Peers;

/// <summary>Watches the connections of a process from outside of TLS, to say why one fails.</summary>
internal sealed class PeerConnections(RefusedPeers refused, TimeProvider time)
{
    /// <summary>A connection that ends sooner than this after it was opened was refused. Others end with their process.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private const string NotSaid = "it showed no certificate, does not speak TLS, or refuses the certificate of this process";

    private const string AdviceWithTls = "If that process runs, it refuses the certificate of this one, and its log says why.";

    private const string AdviceWithoutTls =
        $"If that process runs, it may ask for a certificate, which this one does not have: see {ClusterTlsOptions.Section}:{nameof(ClusterTlsOptions.CertificateFile)}.";

    private readonly AsyncLocal<Handshake?> _handshake = new();

    /// <summary>Puts a handshake between two watches, on connections that others open to this process.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="addTls">Adds the handshake.</param>
    public void WatchInbound(IConnectionBuilder connections, Action<IConnectionBuilder> addTls)
    {
        connections.Use(next => context => RunAsync(next, context, $"from {context.RemoteEndPoint}"));
        addTls(connections);
        connections.Use(next => context =>
        {
            Open();
            return next(context);
        });
    }

    /// <summary>Puts a handshake between two watches, on connections that this process opens.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="addTls">Adds the handshake. Null for connections without TLS.</param>
    public void WatchOutbound(IConnectionBuilder connections, Action<IConnectionBuilder>? addTls)
    {
        if (addTls is not null)
        {
            connections.Use(next => context => RunAsync(next, context, $"to {context.RemoteEndPoint}"));
            addTls(connections);
        }

        connections.Use(next => context => RunOpenAsync(next, context, addTls is null ? AdviceWithoutTls : AdviceWithTls));
    }

    /// <summary>Notes what is wrong with the certificate that the other end of the current handshake has shown.</summary>
    public void Refuse(string reason)
    {
        if (_handshake.Value is { } handshake)
        {
            handshake.Reason = reason;
        }
    }

    private void Open()
    {
        if (_handshake.Value is { } handshake)
        {
            handshake.IsDone = true;
        }
    }

    private async Task RunAsync(ConnectionDelegate next, ConnectionContext context, string peer)
    {
        var handshake = new Handshake();
        _handshake.Value = handshake;
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            if (!handshake.IsDone)
            {
                refused.Refuse(peer, handshake.Reason ?? NotSaid);
            }
        }
    }

    private async Task RunOpenAsync(ConnectionDelegate next, ConnectionContext context, string advice)
    {
        Open();
        long opened = time.GetTimestamp();
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            if (time.GetElapsedTime(opened) < Soon)
            {
                refused.End($"to {context.RemoteEndPoint}", advice);
            }
        }
    }

    private sealed class Handshake
    {
        public bool IsDone { get; set; }

        public string? Reason { get; set; }
    }
}
