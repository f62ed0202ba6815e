namespace FlagCloud.Dashboard.Resources;

public readonly record struct AnsiPiece(string Text, AnsiStyle Style);
