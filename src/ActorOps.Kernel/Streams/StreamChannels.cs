using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Streams;

internal static class StreamChannels
{
    /// <summary>Everything from a channel. Unlike the reader's own, it goes on where its caller runs.</summary>
    public static async IAsyncEnumerable<T> ReadEverything<T>(this ChannelReader<T> reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await reader.WaitToReadAsync(cancellation))
        {
            while (reader.TryRead(out var element))
            {
                yield return element;
            }
        }
    }

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
