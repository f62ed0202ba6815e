using FlagCloud.Origin.Profiles;
using FlagCloud.Silo.Flags;
using FlagCloud.Silo.Questions;
using FlagCloud.Silo.Questions.Asked;

namespace FlagCloud.Tests.Questions;

public sealed class QuestionCatalogueTests
{
    [Fact]
    public void Every_question_of_the_folder_is_found_in_the_order_of_its_number()
    {
        var files = Directory.GetFiles(Hosting.Repository.PathTo("FlagCloud.Silo", "Questions", "Asked"), "*.cs").Select(Path.GetFileNameWithoutExtension).Order();

        Assert.Equal(files, QuestionCatalogue.All.Select(question => question.GetType().Name).Order());
        Assert.Equal(Enumerable.Range(1, QuestionCatalogue.All.Count), QuestionCatalogue.All.Select(question => question.Number));
    }

    [Fact]
    public void Ids_are_words_and_none_is_there_twice()
    {
        Assert.Distinct(QuestionCatalogue.All.Select(question => question.Id));
        Assert.All(QuestionCatalogue.All, question => Assert.Matches("^[a-z]+(-[a-z]+)*$", question.Id));
        Assert.All(QuestionCatalogue.All, question => Assert.Distinct(question.Trials.Select(trial => trial.Name)));
        Assert.All(QuestionCatalogue.All, question => Assert.All(question.Trials, trial => Assert.Single(trial.Settings.Strategies!)));
    }

    [Theory]
    [InlineData("3")]
    [InlineData("concurrent-or-parallel")]
    public void Question_is_found_by_number_and_by_id(string name) => Assert.IsType<ConcurrentOrParallel>(QuestionCatalogue.Find(name));

    [Theory]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("Concurrent-Or-Parallel")]
    public void What_is_no_question_is_not_found(string name) => Assert.Null(QuestionCatalogue.Find(name));

    [Fact]
    public void Slow_heads_are_slow_under_their_seeds()
    {
        var profile = Profile.All["stragglers"];

        Assert.All(MapOrAsCompleted.SlowHeads, seed => Assert.Equal(profile.StragglerDelay, Draws.Of(profile, seed, Contracts.Catalogue.Top20[0], 1).Delay));
        Assert.True(MapOrAsCompleted.SlowHeads.Count > new MapOrAsCompleted().Paced(new()).MaxRounds);
    }
}
