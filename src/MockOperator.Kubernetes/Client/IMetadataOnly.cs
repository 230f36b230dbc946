namespace MockOperator.Kubernetes.Client;

/// <summary>Marks a type that holds only the metadata of an object, so that requests ask the server for no more.</summary>
internal interface IMetadataOnly
{
    /// <summary>Takes over what was read.</summary>
    void Take(PartialMetadata read);
}
