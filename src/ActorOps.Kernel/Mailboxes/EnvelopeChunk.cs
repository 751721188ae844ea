using Microsoft.Extensions.ObjectPool;

namespace ActorOps.Kernel.Mailboxes;

/// <summary>
/// A run of envelopes in a mailbox. Each mailbox owns one small chunk for life, so that an idle actor stays small; a burst borrows large
/// ones from a pool and gives them back, so that telling allocates nothing once the pool is warm.
/// </summary>
internal sealed class EnvelopeChunk(int length)
{
    public const int Small = 4;
    private const int Large = 256;

    private static readonly ObjectPool<EnvelopeChunk> Pool = new DefaultObjectPool<EnvelopeChunk>(new Policy(), 64 * Environment.ProcessorCount);

    public Envelope[] Items { get; } = new Envelope[length];

    public int Count { get; set; }

    public EnvelopeChunk? Next { get; set; }

    public bool IsSmall => Items.Length == Small;

    public static EnvelopeChunk Borrow() => Pool.Get();

    public static void GiveBack(EnvelopeChunk chunk) => Pool.Return(chunk);

    private sealed class Policy : PooledObjectPolicy<EnvelopeChunk>
    {
        public override EnvelopeChunk Create() => new(Large);

        public override bool Return(EnvelopeChunk obj) => true;
    }
}
