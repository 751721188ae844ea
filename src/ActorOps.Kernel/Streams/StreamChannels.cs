using System.Threading.Channels;
using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Streams;

internal static class StreamChannels
{
    public static BoundedChannelOptions Options(int capacity, OverflowPolicy overflow) => new(capacity)
    {
        FullMode = overflow switch
        {
            OverflowPolicy.DropNewest => BoundedChannelFullMode.DropWrite,
            OverflowPolicy.DropOldest => BoundedChannelFullMode.DropOldest,
            _ => BoundedChannelFullMode.Wait,
        },
        SingleReader = true,
    };
}
