using System.Text.Json;
using ActorOps.Cluster.Links;

namespace ActorOps.Cluster.Tests.Links;

/// <summary>A channel whose other end is a function.</summary>
internal sealed class ScriptedChannel : ILinkChannel
{
    public List<LinkFrame[]> Batches { get; } = [];

    public TaskCompletionSource? Hold { get; set; }

    /// <summary>Calls that have come to <see cref="Hold"/>.</summary>
    public int Held { get; private set; }

    public LinkException? Failure { get; set; }

    public Func<LinkFrame[], LinkRefusal[]> OnTell { get; set; } = _ => [];

    public Func<LinkFrame, LinkFrame> OnAsk { get; set; } = frame => frame;

    public async Task<ReadOnlyMemory<byte>> CallAsync(string path, ReadOnlyMemory<byte> body, TimeSpan within, CancellationToken cancellation)
    {
        if (Hold is { } hold)
        {
            Held++;
            await hold.Task.WaitAsync(cancellation);
        }

        if (Failure is { } failure)
        {
            throw failure;
        }

        if (path == "ask")
        {
            return JsonSerializer.SerializeToUtf8Bytes(OnAsk(JsonSerializer.Deserialize(body.Span, LinkJson.Default.LinkFrame)!), LinkJson.Default.LinkFrame);
        }

        var frames = JsonSerializer.Deserialize(body.Span, LinkJson.Default.LinkFrameArray)!;
        lock (Batches)
        {
            Batches.Add(frames);
        }

        return JsonSerializer.SerializeToUtf8Bytes(OnTell(frames), LinkJson.Default.LinkRefusalArray);
    }

    public void Dispose()
    {
    }
}
