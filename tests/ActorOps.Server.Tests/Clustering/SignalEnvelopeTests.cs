using System.Text;
using ActorOps.Ops.Peers;
using ActorOps.Server.Clustering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ActorOps.Server.Tests.Clustering;

public class SignalEnvelopeTests
{
    [Fact]
    public void Parcels_come_out_as_they_went_in()
    {
        SignalParcel[] parcels = [Parcel("shard/eu/00", "{\"a\":1}\n{\"a\":\"#\"}\n"), Parcel("shard/eu/01", ""), Parcel("shard/us/63", "{}\n")];
        var read = SignalEnvelope.Read(SignalEnvelope.Write(parcels)).Select(item => (item.Shard, Text(item.Lines)));
        Assert.Equal(parcels.Select(parcel => (parcel.Shard, Text(parcel.Lines))), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}\n")]
    [InlineData("#no end")]
    public void Rubbish_holds_nothing(string body) => Assert.Empty(SignalEnvelope.Read(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Refusals_come_back_by_name()
    {
        Assert.Empty(SignalEnvelope.ReadRefused(SignalEnvelope.WriteRefused([])));
        Assert.Equal(["a", "b"], SignalEnvelope.ReadRefused(SignalEnvelope.WriteRefused(["a", "b"])));
    }

    [Theory]
    [InlineData("d", 7, 1767623400123, -4500L)]
    [InlineData("a desk & more", 65535, null, null)]
    [InlineData(null, 0, 0L, 0L)]
    public void A_sender_comes_out_as_it_went_in(string? desk, int principal, long? received, long? ahead)
    {
        var sender = new SignalSender(desk, principal, received, ahead);
        Assert.Equal(sender, SignalEnvelope.ReadSender(new QueryCollection(QueryHelpers.ParseQuery(SignalEnvelope.WriteSender(sender)))));
    }

    [Fact]
    public void What_is_no_number_of_a_sender_is_not_known() =>
        Assert.Equal(new SignalSender(null, 0, null, null), SignalEnvelope.ReadSender(new QueryCollection(QueryHelpers.ParseQuery("?principal=x&received=&ahead=1e9"))));

    private static SignalParcel Parcel(string shard, string lines) => new(shard, new SignalSender(null, 1, null, null), Encoding.UTF8.GetBytes(lines));

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
