using System.Buffers;
using System.Text;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// The JSON body of a call, taken apart once: its values in document order, each with its hash and place, and members that are found by name without
/// looking at the others. What it holds grows with the number of values, which is bounded (<see cref="WorkBudget.MaxParts"/>), not with their size.
/// </summary>
internal sealed class RequestJson : IDisposable
{
    /// <summary>The value that is the whole document.</summary>
    internal const int Root = 0;

    private const int None = -1;
    private const int FewMembers = 8;

    private readonly ReadOnlyMemory<byte> _utf8;
    private readonly Dictionary<int, Dictionary<ulong, int>> _members = [];
    private Value[] _values;

    private RequestJson(ReadOnlyMemory<byte> utf8, Value[] values)
    {
        _utf8 = utf8;
        _values = values;
    }

    /// <summary>An object without members.</summary>
    internal static RequestJson Empty { get; } = ReadEmpty();

    /// <summary>Takes a document apart.</summary>
    /// <returns>Null when it is no JSON, deeper than 64 levels, or more than the budget allows.</returns>
    internal static RequestJson? TryRead(ReadOnlyMemory<byte> utf8, ref WorkBudget budget)
    {
        const int PerByte = 3;
        if (!budget.TrySpend(PerByte * (long)utf8.Length, RequestExcess.Body))
        {
            return null;
        }

        var builder = new Builder { Budget = budget };
        bool isJson = JsonFingerprint.TryRead(utf8.Span, ref builder, out _);
        budget = builder.Budget;
        if (!isJson)
        {
            builder.Return();
            return null;
        }

        return new RequestJson(utf8, builder.Values);
    }

    /// <summary>What a member is found by whatever its value: a mark of its name.</summary>
    internal static ulong MemberKey(ulong name) => ContentHash.Join(name, 0);

    /// <summary>What a member is found by together with its value.</summary>
    internal static ulong MemberKey(ulong name, ulong value) => ContentHash.Join(name, value | 1);

    /// <summary>Whether a value is an object.</summary>
    internal bool IsObject(int value) => _values[value].First == '{';

    /// <summary>Whether a value is an array.</summary>
    internal bool IsArray(int value) => _values[value].First == '[';

    /// <summary>Whether a value is a string.</summary>
    internal bool IsString(int value) => _values[value].First == '"';

    /// <summary>Number of members or elements.</summary>
    internal int CountOf(int value) => _values[value].Count;

    /// <summary>Hash of the name of a member.</summary>
    internal ulong NameOf(int value) => _values[value].Name;

    /// <summary>Hash of a value: equal values have equal ones.</summary>
    internal ulong ValueOf(int value) => _values[value].Hash;

    /// <summary>Length of a value in bytes, as it is written.</summary>
    internal int LengthOf(int value) => _values[value].End - _values[value].Start;

    /// <summary>Members or elements in document order.</summary>
    internal Children ChildrenOf(int value) => new(this, value);

    /// <summary>A value as it is written.</summary>
    internal ReadOnlySpan<byte> RawOf(int value) => _utf8.Span[_values[value].Start.._values[value].End];

    /// <summary>The text of a string, its escapes resolved; any other value as it is written.</summary>
    internal string TextOf(int value) => IsString(value) ? JsonEscapes.Resolve(RawOf(value)[1..^1]) : Encoding.UTF8.GetString(RawOf(value));

    /// <summary>Finds a member of an object; of several with the same name the last.</summary>
    /// <returns>False when there is none, or it would take too much work to know.</returns>
    internal bool TryFind(int value, ulong name, ref WorkBudget budget, out int member)
    {
        const int PerLookUp = 20;
        const int PerMember = 30;
        member = None;
        if (!budget.TrySpend(PerLookUp, RequestExcess.Body))
        {
            return false;
        }

        if (CountOf(value) <= FewMembers)
        {
            foreach (int child in ChildrenOf(value))
            {
                member = NameOf(child) == name ? child : member;
            }

            return member != None;
        }

        if (!_members.TryGetValue(value, out Dictionary<ulong, int>? members))
        {
            if (!budget.TrySpend(PerMember * (long)CountOf(value), RequestExcess.Body))
            {
                return false;
            }

            members = new Dictionary<ulong, int>(CountOf(value));
            foreach (int child in ChildrenOf(value))
            {
                members[NameOf(child)] = child;
            }

            _members.Add(value, members);
        }

        return members.TryGetValue(name, out member);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_values.Length > 0)
        {
            ArrayPool<Value>.Shared.Return(_values);
            _values = [];
        }
    }

    private static RequestJson ReadEmpty()
    {
        var budget = new WorkBudget(WorkBudget.OfSocketThread);
        return TryRead("{}"u8.ToArray(), ref budget)!;
    }

    /// <summary>One value: its hash, its name when it is a member, where it stands, and where the next value behind everything in it is.</summary>
    private struct Value
    {
        internal ulong Hash;
        internal ulong Name;
        internal int Start;
        internal int End;
        internal int Next;
        internal int Count;
        internal byte First;
    }

    /// <summary>The values directly inside another.</summary>
    internal ref struct Children
    {
        private readonly ReadOnlySpan<Value> _values;
        private int _left;
        private int _next;

        internal Children(RequestJson json, int parent)
        {
            _values = json._values;
            _left = json.CountOf(parent);
            _next = parent + 1;
            Current = None;
        }

        /// <summary>The current one.</summary>
        public int Current { get; private set; }

        /// <summary>Itself.</summary>
        public readonly Children GetEnumerator() => this;

        /// <summary>Goes to the next one.</summary>
        public bool MoveNext()
        {
            if (_left-- <= 0)
            {
                return false;
            }

            Current = _next;
            _next = _values[_next].Next;
            return true;
        }
    }

    private struct Builder() : IJsonValues
    {
        private const int PerValue = 30;
        private readonly Stack<int> _open = new();
        private int _count;

        internal WorkBudget Budget;

        internal Value[] Values { get; private set; } = ArrayPool<Value>.Shared.Rent(64);

        public bool Begin(ulong name, byte first, int start)
        {
            if (!Add(name, first, start))
            {
                return false;
            }

            _open.Push(_count - 1);
            return true;
        }

        public bool Scalar(ulong name, byte first, int start, int end, ulong hash)
        {
            if (!Add(name, first, start))
            {
                return false;
            }

            Close(_count - 1, end, hash);
            return true;
        }

        public readonly void End(int end, ulong hash) => Close(_open.Pop(), end, hash);

        internal readonly void Return() => ArrayPool<Value>.Shared.Return(Values);

        private bool Add(ulong name, byte first, int start)
        {
            if (_count == WorkBudget.MaxParts)
            {
                Budget.End(RequestExcess.Parts);
                return false;
            }

            if (!Budget.TrySpend(PerValue, RequestExcess.Body))
            {
                return false;
            }

            if (_count == Values.Length)
            {
                Value[] larger = ArrayPool<Value>.Shared.Rent(2 * _count);
                Values.AsSpan().CopyTo(larger);
                ArrayPool<Value>.Shared.Return(Values);
                Values = larger;
            }

            if (_open.TryPeek(out int parent))
            {
                Values[parent].Count++;
            }

            Values[_count++] = new Value { Name = name, First = first, Start = start };
            return true;
        }

        private readonly void Close(int value, int end, ulong hash)
        {
            Values[value].End = end;
            Values[value].Hash = hash;
            Values[value].Next = _count;
        }
    }
}
