namespace MockOperator.Operator.Bundles;

/// <summary>A file of a bundle, as it is stored.</summary>
/// <param name="Name">Its name in the mounted directory.</param>
/// <param name="Bytes">What is in it.</param>
public sealed record BundleFile(string Name, ReadOnlyMemory<byte> Bytes);
