using MockOperator.Mocking.Collections.Documents;
using MockOperator.Mocking.Collections.Native;
using MockOperator.Mocking.Collections.Postman;
using MockOperator.Mocking.Collections.Reading;
using MockOperator.Resources;

namespace MockOperator.Mocking.Collections;

/// <summary>
/// Reads collections into a flat list of examples. No input makes it throw: what cannot be understood is left out and named in
/// <see cref="LoadedCollection.Issues"/>, the rest is served.
/// </summary>
public static class CollectionReader
{
    /// <summary>Reads a Postman collection: v2.1, v2.0 or v1, as exported or wrapped as <c>{"collection": …}</c>.</summary>
    /// <param name="utf8Json">The document in UTF-8, with or without a byte order mark. It is not kept.</param>
    /// <param name="limits">Bounds; <see cref="LoadLimits.Default"/> when null.</param>
    /// <returns>What was understood; <see cref="LoadedCollection.IsFatal"/> when it is nothing because of the document's form.</returns>
    public static LoadedCollection ReadPostman(ReadOnlyMemory<byte> utf8Json, LoadLimits? limits = null)
    {
        var list = new ExampleList();
        return list.AddTo(ReadPostman(utf8Json, limits, list));
    }

    /// <summary>Reads examples in the native form.</summary>
    /// <param name="name">Name of the collection.</param>
    /// <param name="examples">The examples, as their author wrote them.</param>
    /// <param name="limits">Bounds; <see cref="LoadLimits.Default"/> when null.</param>
    /// <returns>What was understood; places are named as <c>examples[2].response.base64</c>.</returns>
    public static LoadedCollection ReadNative(string name, IReadOnlyList<ExampleSpec> examples, LoadLimits? limits = null)
    {
        var list = new ExampleList();
        return list.AddTo(ReadNative(name, examples, limits, list));
    }

    /// <summary>Reads a Postman collection and hands on every example as soon as it is read; the result has none.</summary>
    internal static LoadedCollection ReadPostman(ReadOnlyMemory<byte> utf8Json, LoadLimits? limits, IExampleTaker taker)
    {
        var context = new ReadingContext(limits ?? LoadLimits.Default);
        JsonSource? source = JsonSource.Open(utf8Json, context.Limits, out DocumentProblem? problem);
        if (source is null)
        {
            context.Issues.Fail(DocumentPath.Root, problem!.Reason, problem.Message);
            return Nothing(context);
        }

        DocumentNode root = CollectionShape.Unwrap(source.Root());
        if (CollectionShape.IsTree(root))
        {
            CollectionShape.CheckSchema(root, context);
            return new CollectionTreeReader(context, taker).Read(root);
        }

        if (CollectionShape.IsFlat(root))
        {
            return new FlatCollectionReader(context, taker).Read(root);
        }

        CollectionShape.Explain(root, context);
        return Nothing(context);
    }

    /// <summary>Reads examples in the native form and hands on each as soon as it is read; the result has none.</summary>
    internal static LoadedCollection ReadNative(string name, IReadOnlyList<ExampleSpec> examples, LoadLimits? limits, IExampleTaker taker)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(examples);
        return new NativeReader(new ReadingContext(limits ?? LoadLimits.Default), taker).Read(name, examples);
    }

    private static LoadedCollection Nothing(ReadingContext context) =>
        new() { Issues = context.Issues.ToImmutable(), IssueCount = context.Issues.Count };
}
