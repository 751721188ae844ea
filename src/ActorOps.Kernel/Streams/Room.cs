using System.Threading.Channels;

namespace ActorOps.Kernel.Streams;

/// <summary>Places for so many at once. A semaphore whose waiters go on where they waited.</summary>
internal sealed class Room
{
    private readonly Channel<bool> _places = Channel.CreateUnbounded<bool>();

    public Room(int places)
    {
        for (var i = 0; i < places; i++)
        {
            _places.Writer.TryWrite(true);
        }
    }

    public async ValueTask EnterAsync(CancellationToken cancellation) => await _places.Reader.ReadAsync(cancellation);

    public void Leave() => _places.Writer.TryWrite(true);
}
