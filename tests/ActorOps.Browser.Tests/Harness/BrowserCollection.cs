namespace ActorOps.Browser.Tests.Harness;

/// <summary>One node, one desk and one browser for all tests; they run one after the other.</summary>
[CollectionDefinition("browser")]
public sealed class BrowserCollection : ICollectionFixture<Browsing>;
