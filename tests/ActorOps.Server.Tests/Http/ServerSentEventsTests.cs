using System.IO.Pipelines;
using ActorOps.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ActorOps.Server.Tests.Http;

public class ServerSentEventsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private readonly VirtualTimeProvider _time = new();
    private readonly Pipe _wire = new(new PipeOptions(pauseWriterThreshold: 100, resumeWriterThreshold: 50));
    private readonly Lifetime _lifetime = new();
    private readonly DefaultHttpContext _context = new();

    public ServerSentEventsTests()
    {
        _context.Features.Set<IHttpResponseBodyFeature>(new Body(_wire.Writer));
        _context.Features.Set<IHttpRequestLifetimeFeature>(_lifetime);
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_is_cut_off_after_its_time()
    {
        Assert.True(await ServerSentEvents.TryWriteAsync(_context, new byte[50], Limit, _time));
        var writing = ServerSentEvents.TryWriteAsync(_context, new byte[100], Limit, _time);
        _time.Advance(Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(writing.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(await writing);
        Assert.True(_lifetime.IsAborted);
    }

    [Fact]
    public async Task A_reader_that_takes_what_waits_stays()
    {
        var writing = ServerSentEvents.TryWriteAsync(_context, new byte[150], Limit, _time);
        _time.Advance(Limit - TimeSpan.FromMilliseconds(1));
        _wire.Reader.AdvanceTo((await _wire.Reader.ReadAsync()).Buffer.End);
        Assert.True(await writing);
        Assert.False(_lifetime.IsAborted);
    }

    private sealed class Body(PipeWriter writer) : IHttpResponseBodyFeature
    {
        public Stream Stream => writer.AsStream();

        public PipeWriter Writer => writer;

        public Task CompleteAsync() => Task.CompletedTask;

        public void DisableBuffering()
        {
        }

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature
    {
        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;
    }
}
