using System.Runtime.CompilerServices;
using ActorOps.Kernel.Streams;

namespace ActorOps.Kernel.Tests.Streams;

/// <summary>A source of 1, 2, 3 ... that counts how far it was pulled and notes its end.</summary>
internal sealed class Numbers(int count = int.MaxValue, int failAfter = int.MaxValue)
{
    public int Pulled { get; private set; }

    public int Ends { get; private set; }

    public Source<int> Source => Kernel.Streams.Source.From(Run());

    private async IAsyncEnumerable<int> Run([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        try
        {
            for (var number = 1; number <= count; number++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (number > failAfter)
                {
                    throw new InvalidOperationException("the source fails");
                }

                Pulled = number;
                yield return number;
            }

            await Task.CompletedTask;
        }
        finally
        {
            Ends++;
        }
    }
}
