using System.IO.Pipelines;
using ActorOps.Server.Http.Quotas;
using Microsoft.AspNetCore.Http;

namespace ActorOps.Server.Tests.Http.Quotas;

public class EarlyBodyTests
{
    private readonly VirtualTimeProvider _time = new();

    [Fact]
    public async Task A_small_body_is_read_before_its_turn_and_is_there_for_its_handler()
    {
        var context = With("0123456789"u8.ToArray(), 10);
        Assert.True(await EarlyBody.ReadAsync(context, RequestQuotas.SmallTripBody, _time));
        Assert.Equal("0123456789", await new StreamReader(context.Request.Body).ReadToEndAsync());
    }

    [Fact]
    public async Task A_body_that_trickles_is_refused_after_five_seconds_and_has_taken_no_place()
    {
        var pipe = new Pipe();
        var context = With([], 60_000);
        context.Request.Body = pipe.Reader.AsStream();
        await pipe.Writer.WriteAsync(new byte[100]);
        var reading = EarlyBody.ReadAsync(context, RequestQuotas.SmallTripBody, _time);
        Assert.False(reading.IsCompleted);
        _time.Advance(EarlyBody.Within);
        Assert.False(await reading);
        Assert.Equal(408, context.Response.StatusCode);
    }

    [Fact]
    public async Task A_large_trip_waits_for_its_turn_and_a_large_body_of_a_stranger_is_refused()
    {
        var context = With([], 1_000_000);
        Assert.True(await EarlyBody.ReadAsync(context, RequestQuotas.SmallTripBody, _time));
        Assert.False(await EarlyBody.ReadAsync(context, RequestQuotas.StrangerBody, _time));
        Assert.Equal(413, context.Response.StatusCode);
    }

    private static DefaultHttpContext With(byte[] body, long length)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.ContentLength = length;
        context.Request.Body = new MemoryStream(body);
        context.Response.Body = new MemoryStream();
        return context;
    }
}
