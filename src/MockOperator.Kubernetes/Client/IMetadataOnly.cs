namespace MockOperator.Kubernetes.Client;

/// <summary>Marks a type that holds only the metadata of an object, so that requests ask the server for no more.</summary>
internal interface IMetadataOnly;
