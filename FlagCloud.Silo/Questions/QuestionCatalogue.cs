namespace FlagCloud.Silo.Questions;

/// <summary>Every question that there is, in the order of their numbers.</summary>
sealed class QuestionCatalogue
{
    public IReadOnlyList<Question> All { get; } =
    [
        .. typeof(Question).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Question)) && !type.IsAbstract)
            .Select(type => (Question)Activator.CreateInstance(type)!).OrderBy(question => question.Number),
    ];

    /// <param name="name">Id or number.</param>
    public Question? Find(string name) => All.FirstOrDefault(question =>
        question.Id == name || question.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) == name);
}
