Console.WriteLine("flagcloud");
