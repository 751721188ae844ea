namespace ActorOps.PaperDesk.Strategies;

/// <summary>A model: prices in, a score out.</summary>
internal interface IModel
{
    string Name { get; }

    string Version { get; }

    /// <summary>Score from -1 (sell) to 1 (buy) after a new bar's closing price; 0 while it has seen too little.</summary>
    double Score(double price);

    IReadOnlyDictionary<string, double> Features { get; }
}
