using System.Runtime.CompilerServices;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// The classes of saved bodies that a request body equals. At most one per way of comparison: JSON, text, either kind of form, and a GraphQL call with
/// and without its name.
/// </summary>
internal struct BodyClasses
{
    private const int Most = 8;

    private Slots _slots;

    /// <summary>Number of classes.</summary>
    internal int Count { get; private set; }

    /// <summary>A class.</summary>
    internal readonly int this[int index] => _slots[index];

    /// <summary>Adds a class, if it is one and not there yet.</summary>
    internal void Add(int bodyClass)
    {
        if (bodyClass != ExpectedBody.NoClass && Count < Most && !Contains(bodyClass))
        {
            _slots[Count++] = bodyClass;
        }
    }

    /// <summary>Whether a class is among them.</summary>
    internal readonly bool Contains(int bodyClass)
    {
        for (int index = 0; index < Count; index++)
        {
            if (_slots[index] == bodyClass)
            {
                return true;
            }
        }

        return false;
    }

    [InlineArray(Most)]
    private struct Slots
    {
        private int _first;
    }
}
