using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A project of the app, as the classes <c>Projects.*</c> that the build generates describe it.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    string ProjectPath { get; }

    /// <summary>The built assembly.</summary>
    string TargetPath { get; }
}
