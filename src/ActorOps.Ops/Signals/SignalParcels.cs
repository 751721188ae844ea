using System.Buffers;
using ActorOps.Ops.Peers;

namespace ActorOps.Ops.Signals;

/// <summary>
/// Lines of one sender whose targets are supervised on other nodes, gathered by shard and sent when the input pauses or there are many. The reader of the
/// body waits for them, so backpressure of another node reaches the sender too. Not for several threads.
/// </summary>
internal sealed class SignalParcels(SignalSource source, SignalForwarder forwarder)
{
    private const int Large = 256 * 1024;
    private readonly Dictionary<string, ArrayBufferWriter<byte>> _parcels = new(StringComparer.Ordinal);
    private int _bytes;

    /// <summary>True when they should be sent before more is read.</summary>
    public bool IsLarge => _bytes >= Large;

    /// <summary>True while older lines of the sender for this shard are still on their way: what comes now must not overtake them.</summary>
    public bool AreAhead(string shard) => (_bytes > 0 && _parcels.TryGetValue(shard, out var lines) && lines.WrittenCount > 0) || forwarder.HasBacklog(shard, source.Desk);

    public void Add(string shard, ReadOnlySpan<byte> line)
    {
        if (!_parcels.TryGetValue(shard, out var lines))
        {
            _parcels.Add(shard, lines = new ArrayBufferWriter<byte>(4096));
        }

        lines.Write(line);
        lines.Write("\n"u8);
        _bytes += line.Length + 1;
    }

    public async ValueTask SendAsync()
    {
        if (_bytes == 0)
        {
            return;
        }

        var sender = new SignalSender(source.Desk, source.Principal, source.WallMs, source.ClockAheadMs);
        var parcels = _parcels.Where(parcel => parcel.Value.WrittenCount > 0).Select(parcel => new SignalParcel(parcel.Key, sender, parcel.Value.WrittenMemory)).ToList();
        await forwarder.SendAsync(parcels).ConfigureAwait(false);
        foreach (var lines in _parcels.Values)
        {
            lines.ResetWrittenCount();
        }

        _bytes = 0;
    }
}
