FlagCloud.Silo.SiloApp.Create(WebApplication.CreateBuilder(args)).Run();
