using System.Text;
using ActorOps.Ops.Peers;
using ActorOps.Server.Clustering;

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

    private static SignalParcel Parcel(string shard, string lines) => new(shard, null, 1, Encoding.UTF8.GetBytes(lines));

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
