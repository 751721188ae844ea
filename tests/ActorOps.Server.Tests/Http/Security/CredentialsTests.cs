using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorOps.Server.Tests.Http.Security;

/// <summary>One decision for token, page and stream, each time it is used.</summary>
public class CredentialsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("/api/v1/events")]
    [InlineData("/api/v1/cluster/events")]
    public async Task An_open_stream_ends_with_the_revocation_of_its_token(string path)
    {
        var name = "reader-" + path.Length;
        var token = await server.AddPrincipalAsync(name, "auditor");
        using var stream = await OpenAsync(path, token);
        await RevokeAsync(name);
        await ReadToEndAsync(stream);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(HttpMethod.Get, path, token)).StatusCode);
    }

    [Fact]
    public async Task A_body_without_an_end_is_not_read_on_after_the_revocation()
    {
        var token = await server.AddPrincipalAsync("slow-system", "desk", "slow");
        var host = new Uri(server.Url);
        using var client = new TcpClient();
        await client.ConnectAsync(host.Host, host.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /api/v1/signals HTTP/1.1\r\nHost: {host.Authority}\r\nAuthorization: Bearer {token}\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n\n\r\n"));
        await RevokeAsync("slow-system");
        using var reader = new StreamReader(stream);
        string? answer = null;
        try
        {
            answer = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (IOException)
        {
            // Cut before it was answered, as on a busy machine: over all the same.
        }

        Assert.True(answer?.StartsWith("HTTP/1.1 401 ", StringComparison.Ordinal) != false, answer);
    }

    [Fact]
    public async Task A_pages_session_ends_with_the_log_out_and_with_its_token()
    {
        var token = await server.AddPrincipalAsync("viewer", "auditor");
        var (first, second) = (await LogInAsync(token), await LogInAsync(token));
        Assert.Contains("Log out", await PageAsync(first), StringComparison.Ordinal);
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/minimal/log-out"))
        {
            request.Headers.Add("Cookie", first);
            (await server.Anonymous.SendAsync(request)).Dispose();
        }

        Assert.DoesNotContain("Log out", await PageAsync(first), StringComparison.Ordinal);
        Assert.Contains("Log out", await PageAsync(second), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(first));
        await RevokeAsync("viewer");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(second));
    }

    [Theory]
    [InlineData("desk")]
    [InlineData("alerts")]
    public async Task A_machines_token_does_not_log_in_to_the_page(string role)
    {
        var token = await server.AddPrincipalAsync("machine-" + role, role, "paper");
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("token", token)]);
        using var response = await server.Anonymous.PostAsync("/minimal/log-in", form);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    private async Task<string> LogInAsync(string token)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("token", token)]);
        using var response = await server.Anonymous.PostAsync("/minimal/log-in", form);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private async Task<string> PageAsync(string cookie)
    {
        using var response = await SendAsync(HttpMethod.Get, "/minimal", null, cookie);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<HttpStatusCode> StatusAsync(string cookie)
    {
        using var response = await SendAsync(HttpMethod.Get, "/api/v1/status", null, cookie);
        return response.StatusCode;
    }

    private async Task RevokeAsync(string name)
    {
        using var response = await server.Admin.DeleteAsync($"/api/v1/access/principals/{name}");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        await Waiting.For(() => server.Services.Ops.AccessBoard.Principals.All(principal => principal.Name != name));
    }

    private async Task<HttpResponseMessage> OpenAsync(string path, string token)
    {
        var response = await SendAsync(HttpMethod.Get, path, token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, string? cookie = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await server.Anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task ReadToEndAsync(HttpResponseMessage stream)
    {
        try
        {
            using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
            while (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) is not null)
            {
            }
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            // Cut rather than ended: over all the same.
        }
    }
}
