using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace ActorOps.Ops.Signals;

/// <summary>Immutable map from UTF-8 names to values, for look-ups straight from a network buffer.</summary>
internal sealed class Utf8Index<T>
    where T : class
{
    private readonly (ulong Hash, byte[] Name, T Value)[] _slots;
    private readonly int _mask;

    public Utf8Index(IEnumerable<(string Name, T Value)> items)
    {
        var list = items.ToList();
        _slots = new (ulong, byte[], T)[BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, list.Count * 2))];
        _mask = _slots.Length - 1;
        foreach (var (name, value) in list)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            var hash = Hash(bytes);
            var i = (int)hash & _mask;
            while (_slots[i].Name is not null)
            {
                i = (i + 1) & _mask;
            }

            _slots[i] = (hash, bytes, value);
        }
    }

    public T? Find(ReadOnlySpan<byte> name)
    {
        var hash = Hash(name);
        for (var i = (int)hash & _mask; _slots[i].Name is not null; i = (i + 1) & _mask)
        {
            if (_slots[i].Hash == hash && name.SequenceEqual(_slots[i].Name))
            {
                return _slots[i].Value;
            }
        }

        return null;
    }

    /// <summary>Multiply and rotate over eight bytes at a time; good enough for names, and stable within a process only.</summary>
    internal static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 0x9E3779B97F4A7C15UL ^ (ulong)bytes.Length;
        while (bytes.Length >= 8)
        {
            hash = BitOperations.RotateLeft((hash ^ MemoryMarshal.Read<ulong>(bytes)) * 0xBF58476D1CE4E5B9UL, 29);
            bytes = bytes[8..];
        }

        ulong tail = 0;
        foreach (var b in bytes)
        {
            tail = (tail << 8) | b;
        }

        hash = (hash ^ tail) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 32);
    }
}
