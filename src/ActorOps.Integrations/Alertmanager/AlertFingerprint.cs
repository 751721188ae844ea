using System.Globalization;
using System.Text;

namespace ActorOps.Integrations.Alertmanager;

/// <summary>Identity of an alert as Alertmanager computes it: FNV-1a over its sorted labels, empty ones left out.</summary>
public static class AlertFingerprint
{
    private const ulong Offset = 0xcbf29ce484222325;
    private const ulong Prime = 0x100000001b3;

    /// <summary>16 lower-case hex digits.</summary>
    public static string Of(IReadOnlyDictionary<string, string> labels)
    {
        var hash = Offset;
        foreach (var (name, value) in labels.Where(label => label.Value.Length > 0).OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            foreach (var part in (ReadOnlySpan<string>)[name, value])
            {
                foreach (var octet in Encoding.UTF8.GetBytes(part))
                {
                    hash = (hash ^ octet) * Prime;
                }

                hash = (hash ^ 0xFF) * Prime;
            }
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
