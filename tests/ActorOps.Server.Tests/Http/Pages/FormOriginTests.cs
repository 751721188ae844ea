using ActorOps.Server.Http.Pages;
using Microsoft.AspNetCore.Http;

namespace ActorOps.Server.Tests.Http.Pages;

public class FormOriginTests
{
    [Theory]
    [InlineData("same-origin", "http://node:8080", true)]
    [InlineData("same-origin", "null", true)]
    [InlineData("same-origin", "", true)]
    [InlineData("none", "", true)]
    [InlineData("none", "null", false)]
    [InlineData("", "", true)]
    [InlineData("", "http://node:8080", true)]
    [InlineData("", "HTTP://Node:8080", true)]
    [InlineData("", "null", false)]
    [InlineData("", "http://node:8081", false)]
    [InlineData("", "https://node:8080", false)]
    [InlineData("", "http://node:8080.evil.example", false)]
    [InlineData("same-site", "http://node:8080", false)]
    [InlineData("cross-site", "http://node:8080", false)]
    [InlineData("cross-site", "null", false)]
    [InlineData("cross-site", "", false)]
    [InlineData("SAME-ORIGIN", "http://node:8080", false)]
    public void The_browsers_own_word_decides_then_the_origin(string site, string origin, bool isOwn)
    {
        var request = new DefaultHttpContext { Request = { Scheme = "http", Host = new HostString("node", 8080) } }.Request;
        request.Headers["Sec-Fetch-Site"] = site;
        request.Headers.Origin = origin;
        Assert.Equal(isOwn, FormOrigin.IsOwn(request));
    }
}
