using ActorOps.Server.Configuration;
using ActorOps.Server.Http.Quotas;

namespace ActorOps.Server.Tests.Http.Quotas;

public class RequestQuotasTests
{
    private const int Megabyte = 1024 * 1024;
    private readonly RequestQuotas _quotas = new(new QuotaOptions { Requests = 16, RequestsPerPrincipal = 8, StrangerRequests = 4, Kills = 16, KillsPerPrincipal = 4, BodyBytes = 8 * Megabyte, BodyBytesPerPrincipal = 4 * Megabyte });

    [Fact]
    public void Large_bodies_of_one_principal_are_bounded_before_they_are_read()
    {
        var taken = Enumerable.Range(0, 48).Select(_ => _quotas.Take(RequestKind.Kill, "desk", 15 * Megabyte)).ToList();
        Assert.Single(taken, take => take.Lease is not null);
        Assert.All(taken.Skip(4), take => Assert.Equal(429, take.Refused!.Status));
        Assert.Equal(4 * Megabyte, _quotas.BytesTaken);
    }

    [Fact]
    public void A_body_of_unknown_length_counts_as_the_longest() => Assert.Equal(256 * 1024, Bytes(RequestKind.Other, null));

    [Fact]
    public void A_short_trip_is_taken_when_nothing_else_is()
    {
        while (_quotas.Take(RequestKind.Other, "desk", 256 * 1024).Lease is not null || _quotas.Take(RequestKind.Other, "b", 256 * 1024).Lease is not null || _quotas.Take(RequestKind.Other, "c", 256 * 1024).Lease is not null)
        {
        }

        Assert.NotNull(_quotas.Take(RequestKind.Other, "operator", 10).Refused);
        Assert.NotNull(_quotas.Take(RequestKind.Kill, "operator", 300).Lease);
        Assert.NotNull(_quotas.Take(RequestKind.Kill, "desk", 300).Lease);
    }

    [Fact]
    public void One_principals_trips_leave_those_of_others_their_places()
    {
        Assert.Equal(4, Enumerable.Range(0, 100).Count(_ => _quotas.Take(RequestKind.Kill, "desk", 300).Lease is not null));
        Assert.NotNull(_quotas.Take(RequestKind.Kill, "operator", 300).Lease);
    }

    [Fact]
    public void Strangers_share_a_few_places_of_their_own()
    {
        Assert.Equal(4, Enumerable.Range(0, 100).Count(_ => _quotas.Take(RequestKind.Other, null, 0).Lease is not null));
        Assert.NotNull(_quotas.Take(RequestKind.Other, "operator", 0).Lease);
    }

    [Fact]
    public void Strangers_that_send_bodies_leave_room_for_those_that_look_whether_the_node_lives()
    {
        Assert.Equal(4, Enumerable.Range(0, 100).Count(_ => _quotas.Take(RequestKind.Other, null, 4000).Lease is not null));
        Assert.NotNull(_quotas.Take(RequestKind.Other, null, 0).Lease);
    }

    [Fact]
    public void A_source_of_alerts_is_told_to_send_them_again()
    {
        using var first = _quotas.Take(RequestKind.Alerts, "alerts", 4 * Megabyte).Lease;
        Assert.Equal(503, _quotas.Take(RequestKind.Alerts, "alerts", 4 * Megabyte).Refused!.Status);
    }

    [Theory]
    [InlineData("POST", "/api/v1/kill-switch/trips", RequestKind.Kill)]
    [InlineData("POST", "/api/v1/kill-switch/resets", RequestKind.Other)]
    [InlineData("POST", "/api/v1/webhooks/alertmanager", RequestKind.Alerts)]
    [InlineData("POST", "/api/v1/signals", RequestKind.Signals)]
    public void What_a_request_is_is_said_by_its_route(string method, string path, object kind) => Assert.Equal(kind, RequestQuotas.KindOf(method, path));

    private long Bytes(RequestKind kind, long? length)
    {
        using var lease = _quotas.Take(kind, "a", length).Lease;
        return _quotas.BytesTaken;
    }
}
