FlagCloud.Web.WebApp.Create(WebApplication.CreateBuilder(args)).Run();
