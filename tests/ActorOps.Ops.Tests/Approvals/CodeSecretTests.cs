using System.Text;
using ActorOps.Ops.Approvals;

namespace ActorOps.Ops.Tests.Approvals;

public class CodeSecretTests
{
    /// <summary>Section 10 of RFC 4648, without padding.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base_32_is_that_of_the_standard(string text, string expected) => Assert.Equal(expected, CodeSecret.ToBase32(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void A_sealed_secret_opens_under_its_token_alone()
    {
        var secret = CodeSecret.New();
        var kept = CodeSecret.Seal(secret, "token");
        Assert.Equal(secret, CodeSecret.Open(kept, "token"));
        Assert.Null(CodeSecret.Open(kept, "Token"));
        Assert.DoesNotContain(Convert.ToBase64String(secret), kept, StringComparison.Ordinal);
        Assert.NotEqual(kept, CodeSecret.Seal(secret, "token"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base 64")]
    public void Rubbish_opens_nothing(string kept) => Assert.Null(CodeSecret.Open(kept, "token"));

    [Fact]
    public void The_address_is_one_that_an_authenticator_reads()
    {
        var uri = CodeSecret.ToUri("12345678901234567890"u8.ToArray(), "bob@desk");
        Assert.Equal("otpauth://totp/ActorOps:bob%40desk?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=ActorOps&algorithm=SHA1&digits=6&period=30", uri);
        Assert.Equal(6, new Authenticator(uri).Next().Length);
    }
}
