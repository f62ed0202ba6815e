using FlagCloud.Contracts;
using FlagCloud.Web.Lab;

namespace FlagCloud.Tests.Lab;

public sealed class FormTests
{
    // Of one that is forgotten, neither the form nor the page of a record would say anything.
    [Fact]
    public void Every_setting_has_a_name_for_people_and_a_field()
    {
        var settings = typeof(ComparisonSettings).GetProperties().Where(property => property.CanWrite).Select(property => property.Name).ToArray();
        string[] byHand = ["Strategies", "Countries", "Limit", "Profile", "Origin"];

        Assert.Equal(settings.Order(), SettingsText.Labels.Keys.Order());
        Assert.Equal(settings.Except(byHand).Order(), SettingsText.Fields(usual: true).Concat(SettingsText.Fields(usual: false)).Order());
    }
}
