using System.Security.Cryptography;

namespace ActorOps.Server.Http.Pages;

/// <summary>Sends a page. Style and script carry a number that is used once; nothing else on the page may run, load or be framed.</summary>
internal sealed class PageResult(PageHtml page, int status = 200) : IResult
{
    private static readonly string Style = Read("minimal.css");
    private static readonly string Script = Read("minimal.js");

    public Task ExecuteAsync(HttpContext context)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        return context.Response.WriteAsync(Frame(nonce), context.RequestAborted);
    }

    private string Frame(string nonce) => page.IsPart ? $"<!DOCTYPE html><title>{MinimalHtml.E(page.Title)}</title>{page.Body}" : $"""
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">
        <title>{MinimalHtml.E(page.Title)}</title><style nonce="{nonce}">{Style}</style>{(page.Reloads ? $"<noscript><meta http-equiv=\"refresh\" content=\"2\"><style nonce=\"{nonce}\">.scripted{{display:none}}</style></noscript>" : string.Empty)}</head>
        <body>{page.Body}{(page.IsLive ? $"<script nonce=\"{nonce}\">{Script}</script>" : string.Empty)}</body></html>
        """;

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(PageResult).Assembly.GetManifestResourceStream("pages/" + name)!);
        return reader.ReadToEnd();
    }
}
