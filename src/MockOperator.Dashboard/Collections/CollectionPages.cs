using MockOperator.Dashboard.Pages;

namespace MockOperator.Dashboard.Collections;

/// <summary>The pages of collections.</summary>
internal static class CollectionPages
{
    private const string Collection = "/collections/{namespace}/{name}";

    /// <summary>Maps them.</summary>
    public static void Map(Door door)
    {
        door.Get(Links.Collections, CollectionList.ShowAsync);
        door.Get(Links.NewCollection, UploadForm.ShowNewAsync);
        door.Post(Links.NewCollection, UploadForm.TakeNewAsync);
        door.Get(Collection, CollectionView.ShowAsync);
        door.Get(Collection + "/content", UploadForm.ShowContentAsync);
        door.Post(Collection + "/content", UploadForm.TakeContentAsync);
        door.Get(Collection + "/export", CollectionActions.ExportAsync);
        door.Post(Collection + "/tag", CollectionActions.TagAsync);
        door.Get(Collection + "/delete", CollectionActions.AskDeleteAsync);
        door.Post(Collection + "/delete", CollectionActions.DeleteAsync);
    }
}
