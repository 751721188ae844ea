using ActorOps.PaperDesk.Running;

namespace ActorOps.PaperDesk.Tests.Running;

public class DoorGuardTests
{
    [Theory]
    [InlineData("GET", "Host: 127.0.0.1:9100")]
    [InlineData("GET", "Host: localhost")]
    [InlineData("POST", "Host: LOCALHOST:1")]
    [InlineData("DELETE", "host: [::1]:9100")]
    [InlineData("GET", "Host: 127.0.0.1\r\nSec-Fetch-Site: none")]
    [InlineData("POST", "Host: 127.0.0.1\r\nContent-Type: application/json; charset=utf-8")]
    public void Programs_on_this_machine_pass(string method, string headers) => Assert.Null(Refused(method, headers));

    /// <summary>A name that somebody rebinds to 127.0.0.1, and every other way to write a host that is not this machine.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("Host: evil.example")]
    [InlineData("Host: evil.example:9100")]
    [InlineData("Host: localhost.evil.example")]
    [InlineData("Host: 127.0.0.1.evil.example")]
    [InlineData("Host: 127.0.0.1@evil.example")]
    [InlineData("Host: 127.0.0.1:80:90")]
    [InlineData("Host: 127.0.0.1:port")]
    [InlineData("Host: 127.1")]
    [InlineData("Host: 0177.0.0.1")]
    [InlineData("Host: 2130706433")]
    [InlineData("Host: 0.0.0.0")]
    [InlineData("Host: 10.0.0.1")]
    [InlineData("Host: ::1")]
    [InlineData("Host: [::2]")]
    [InlineData("Host: ")]
    [InlineData("Host: localhost.")]
    [InlineData("Host: 127.0.0.1\r\nHost: evil.example")]
    [InlineData("Host: evil.example\r\nHost: 127.0.0.1")]
    public void A_host_that_is_not_this_machine_is_refused(string headers)
    {
        Assert.StartsWith("403", Refused("GET", headers), StringComparison.Ordinal);
        Assert.StartsWith("403", Refused("POST", headers), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "Origin: https://evil.example")]
    [InlineData("POST", "Origin: null")]
    [InlineData("POST", "Origin: http://127.0.0.1:9100")]
    [InlineData("DELETE", "Origin: http://localhost")]
    [InlineData("GET", "Sec-Fetch-Site: cross-site")]
    [InlineData("GET", "Sec-Fetch-Site: same-site")]
    [InlineData("POST", "Sec-Fetch-Site: same-origin")]
    [InlineData("POST", "Sec-Fetch-Site: none")]
    public void A_web_page_is_refused(string method, string header) => Assert.StartsWith("403", Refused(method, $"Host: 127.0.0.1\r\n{header}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("text/plain")]
    [InlineData("application/jsonp")]
    public void What_a_form_can_send_is_refused_with_or_without_a_body(string type)
    {
        Assert.StartsWith("415", Refused("POST", $"Host: 127.0.0.1\r\nContent-Type: {type}"), StringComparison.Ordinal);
        Assert.StartsWith("415", DoorGuard.Refuse(Request("POST", $"Host: 127.0.0.1\r\nContent-Type: {type}") with { Body = "{}" })?.Status, StringComparison.Ordinal);
        Assert.StartsWith("415", DoorGuard.Refuse(Request("POST", "Host: 127.0.0.1") with { Body = "{}" })?.Status, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("post")]
    public void Other_methods_are_refused(string method) => Assert.StartsWith("405", Refused(method, "Host: 127.0.0.1"), StringComparison.Ordinal);

    [Theory]
    [InlineData("GET http://evil.example/state HTTP/1.1\r\nHost: 127.0.0.1")]
    [InlineData("GET /state")]
    [InlineData("GET /state HTTP/1.1\r\nHost : 127.0.0.1")]
    [InlineData("GET /state HTTP/1.1\r\n: x")]
    [InlineData("\u0016\u0003\u0001")]
    public void What_is_not_a_request_is_refused_with_its_reason(string head)
    {
        var (request, why) = ControlRequest.Parse(head);
        Assert.Null(request);
        Assert.NotNull(why);
    }

    private static string? Refused(string method, string headers) => DoorGuard.Refuse(Request(method, headers))?.Status;

    private static ControlRequest Request(string method, string headers) => ControlRequest.Parse($"{method} /faults?spec=drift HTTP/1.1\r\n{headers}").Request!;
}
