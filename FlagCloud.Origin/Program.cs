FlagCloud.Origin.OriginApp.Create(args).Run();
