namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>
/// Walks metadata of a Parquet file (Thrift's compact protocol, apache/thrift 0.22, doc/specs/thrift-compact-protocol.md) before a library builds objects of it: every length
/// lies within the bytes, and every field holds what <see cref="ParquetShapes"/> says. What newer versions add is passed over, but for structures, which the library
/// cannot pass over.
/// </summary>
/// <param name="bytes">From the first byte of the metadata on.</param>
/// <param name="number">Is told structure, field and value of every whole number, and of true (1) or false (0); field 0: the structure begins.</param>
internal ref struct ThriftWalk(ReadOnlySpan<byte> bytes, Action<string, int, long> number)
{
    // The metadata's own structures lie six deep.
    private const int Deepest = 12;

    private const int True = 1;
    private const int False = 2;
    private const int Byte = 3;
    private const int Short = 4;
    private const int Int = 5;
    private const int Long = 6;
    private const int Double = 7;
    private const int Binary = 8;
    private const int List = 9;
    private const int Structure = 12;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly Action<string, int, long> _number = number;
    private int _at;

    /// <summary>Walks one structure.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its length in bytes.</returns>
    /// <exception cref="InvalidDataException">It is another one, or goes past the bytes' end.</exception>
    public int Walk(string name)
    {
        Struct(name, depth: 0);
        return _at;
    }

    private void Struct(string name, int depth)
    {
        if (depth > Deepest)
        {
            throw new InvalidDataException($"its metadata is nested more than {Deepest} deep");
        }

        _number(name, 0, 0);
        for (var field = 0; ;)
        {
            var header = Next();
            if (header == 0)
            {
                return;
            }

            field = header >> 4 == 0 ? (int)ZigZag(Varint()) : field + (header >> 4);
            Value(name, field, ParquetShapes.Of(name, field), header & 0xF, inList: false, depth);
        }
    }

    private void Value(string name, int field, string? shape, int type, bool inList, int depth)
    {
        if (shape is not null && !Fits(shape, type))
        {
            throw new InvalidDataException($"its metadata has a value of type {type} for {name}.{field}");
        }

        switch (type)
        {
            case True or False when inList:
                Next();
                break;
            case True or False:
                _number(name, field, type == True ? 1 : 0);
                break;
            case Byte:
                Next();
                break;
            case Short or Int or Long:
                _number(name, field, ZigZag(Varint()));
                break;
            case Double:
                Skip(8);
                break;
            case Binary:
                Skip((long)Varint());
                break;
            case List:
                Elements(name, field, shape?[1..], depth);
                break;
            case Structure when shape is not null:
                Struct(shape, depth + 1);
                break;
            default:
                throw new InvalidDataException($"its metadata has {name}.{field} of type {type}, which is not known");
        }
    }

    private void Elements(string name, int field, string? shape, int depth)
    {
        var header = Next();
        var (count, type) = (header >> 4 == 0xF ? (long)Varint() : header >> 4, header & 0xF);
        if (count < 0 || count > _bytes.Length - _at)
        {
            throw new InvalidDataException($"its metadata has a list {name}.{field} of {count} elements in {_bytes.Length - _at} bytes");
        }

        for (var element = 0L; element < count; element++)
        {
            Value(name, field, shape, type, inList: true, depth + 1);
        }
    }

    private static bool Fits(string shape, int type) => shape switch
    {
        "b" => type is True or False,
        "y" => type == Byte,
        "s" => type == Short,
        "i" => type == Int,
        "l" => type == Long,
        "t" => type == Binary,
        ['[', ..] => type == List,
        _ => type == Structure,
    };

    private byte Next() => _at < _bytes.Length ? _bytes[_at++] : throw new InvalidDataException("its metadata ends too early");

    private void Skip(long count) => _at = count >= 0 && count <= _bytes.Length - _at ? _at + (int)count : throw new InvalidDataException("its metadata ends too early");

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Next();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("its metadata holds a number of more than 64 bits");
    }

    private static long ZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
