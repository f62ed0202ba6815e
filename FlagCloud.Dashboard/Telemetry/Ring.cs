using System.Collections;

namespace FlagCloud.Dashboard.Telemetry;

/// <summary>A list that grows to a capacity and then lets its oldest item go for each new one. Not thread-safe.</summary>
public sealed class Ring<T>(int capacity) : IReadOnlyList<T>
{
    T[] _items = new T[Math.Min(capacity, 4)];
    int _head;

    public int Count { get; private set; }

    public T this[int index]
    {
        get => _items[Position(index)];
        set => _items[Position(index)] = value;
    }

    /// <summary>True when the oldest item had to go.</summary>
    public bool Add(T item)
    {
        if (Count == capacity)
        {
            _items[_head] = item;
            _head = (_head + 1) % _items.Length;
            return true;
        }
        if (Count == _items.Length)
            Grow();
        _items[(_head + Count++) % _items.Length] = item;
        return false;
    }

    public void RemoveOldest(int count)
    {
        for (var i = 0; i < count; i++)
            _items[(_head + i) % _items.Length] = default!;
        _head = (_head + count) % _items.Length;
        Count -= count;
    }

    /// <summary>Tells how many went.</summary>
    public int RemoveWhere(Func<T, bool> remove)
    {
        var kept = this.Where(item => !remove(item)).ToArray();
        var removed = Count - kept.Length;
        _items = kept.Length == 0 ? new T[4] : kept;
        _head = 0;
        Count = kept.Length;
        return removed;
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    int Position(int index) => index >= 0 && index < Count
        ? (_head + index) % _items.Length
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Count} items.");

    void Grow()
    {
        var larger = new T[Math.Min(capacity, _items.Length * 2)];
        for (var i = 0; i < Count; i++)
            larger[i] = this[i];
        (_items, _head) = (larger, 0);
    }
}
