using System.Security.Cryptography.X509Certificates;
using ActorOps.Client.Wire;
using ActorOps.Ops.KillSwitches;
using ActorOps.Server.Clustering;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Api;
using ActorOps.Server.Http.Connections;
using ActorOps.Server.Http.Pages;
using ActorOps.Server.Http.Quotas;
using ActorOps.Server.Http.Security;

namespace ActorOps.Server.Http;

/// <summary>The HTTP doors of a node, in the order a request meets them: connection, host, identity, quota, routes.</summary>
internal static class WebHost
{
    public static WebApplication Build(NodeServices services, KillSwitchServices killSwitch, NodePorts ports, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = services.Directory.Path });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton(services);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, WireJson.Default));
        builder.Services.AddOpenApi();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = services.Configuration.Options.ShutdownTimeout / 2);
        var http = services.Configuration.Options.Http;
        var quotas = services.Configuration.Options.Quotas;
        var limits = LimitsOf(services);
        var connections = new ConnectionPool(limits);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestQuotas.LargestBody;
            kestrel.Limits.MaxConcurrentConnections = limits.Accepted;
            kestrel.Limits.RequestHeadersTimeout = quotas.HeaderTimeout;
            kestrel.Limits.KeepAliveTimeout = quotas.IdleTimeout;
            kestrel.ListenHandle(ports.Http.Give(), listener =>
            {
                ConnectionDoor.Use(listener, connections);
                if (http.CertificateFile.Length > 0)
                {
                    listener.UseHttps(X509Certificate2.CreateFromPemFile(http.CertificateFile, http.CertificateKeyFile.Length > 0 ? http.CertificateKeyFile : null));
                }
            });
            if (ports.Link is { } link)
            {
                kestrel.ListenHandle(link.Give(), listener =>
                {
                    ConnectionDoor.Use(listener, connections);
                    LinkDoor.Secure(listener, services.Configuration.Options.Cluster.Link);
                });
            }
        });
        var app = builder.Build();
        var pages = new PageSessions(services.Now);
        app.Use(new SecurityHeaders(http).InvokeAsync);
        var instance = services.Directory.Manifest.StoreId.ToString("N");
        app.Use((context, next) =>
        {
            context.Response.Headers[EndpointFile.InstanceHeader] = instance;
            return next(context);
        });
        app.Use(new LinkDoor(services, killSwitch, ports.Link?.Port ?? -1, connections).InvokeAsync);
        app.UseRouting();
        app.Use(new RequestGuard(services, pages).InvokeAsync);
        app.Use(new QuotaGuard(services, connections, pages).InvokeAsync);
        app.Use(new HolderForwarding(services).InvokeAsync);
        MapAll(app, services, pages);
        return app;
    }

    private static ConnectionLimits LimitsOf(NodeServices services)
    {
        var quotas = services.Configuration.Options.Quotas;
        var limits = ConnectionLimits.From(quotas, DescriptorLimit.Most, DescriptorLimit.InUse);
        if (limits.Total < quotas.Connections)
        {
            QuotaLog.FewDescriptors(services.Log, DescriptorLimit.Most, limits.Total, quotas.Connections);
        }

        return limits;
    }

    private static void MapAll(WebApplication app, NodeServices services, PageSessions pages)
    {
        app.MapOpenApi();
        HealthApi.Map(app, services);
        StatusApi.Map(app, services);
        SignalsApi.Map(app, services);
        SupervisorsApi.Map(app, services);
        var keys = new IdempotencyKeys(services.Configuration.Options.Quotas.IdempotencyKeysPerPrincipal);
        KillSwitchApi.Map(app, services, keys);
        ChangesApi.Map(app, services, keys);
        ProceduresApi.Map(app, services);
        AlertsApi.Map(app, services);
        FeedsApi.Map(app, services, keys);
        AccessApi.Map(app, services, keys);
        BackupsApi.Map(app, services, keys);
        GateApi.Map(app, services);
        EventsApi.Map(app, services);
        ClusterApi.Map(app, services, keys);
        MinimalPage.Map(app, services, pages);
    }
}
