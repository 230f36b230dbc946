using MockOperator.Dashboard.Pages;

namespace MockOperator.Dashboard.Mocks;

/// <summary>The pages of mocks.</summary>
internal static class MockPages
{
    private const string Mock = "/mocks/{namespace}/{name}";

    /// <summary>Maps them.</summary>
    public static void Map(Door door)
    {
        door.Get(Links.Mocks, MockList.ShowAsync);
        door.Get(Links.NewMock, NewForm.ShowAsync);
        door.Post(Links.NewMock, NewForm.TakeAsync);
        door.Get(Mock + "/made", Made.ShowAsync);
        door.Get(Mock + "/edit", EditForm.ShowAsync);
        door.Post(Mock + "/edit", EditForm.TakeAsync);
        door.Get(Mock + "/status", MockActions.ShowStatusAsync);
        door.Get(Mock + "/yaml", MockActions.ShowYamlAsync);
        door.Get(Mock + "/delete", MockActions.AskDeleteAsync);
        door.Post(Mock + "/delete", MockActions.DeleteAsync);
        door.Post(Mock + "/pause", MockActions.PauseAsync);
        door.Post(Mock + "/resume", MockActions.ResumeAsync);
    }
}
