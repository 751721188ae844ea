using ActorOps.PaperDesk.Books;

namespace ActorOps.PaperDesk.Tests.Books;

public class PositionBookTests
{
    [Fact]
    public void Profit_is_to_the_cent_through_adding_reducing_and_crossing_zero()
    {
        var book = new PositionBook();
        book.Fill(100, 10.00m, 0.35m);
        book.Fill(100, 11.00m, 0.35m);
        Assert.Equal((200, 10.50m), (book.Quantity, book.AveragePrice));
        book.Fill(-50, 12.00m, 0.18m);
        Assert.Equal(75.00m - 0.88m, book.Realized);
        book.Fill(-250, 9.00m, 0.88m);
        Assert.Equal((-100, 9.00m), (book.Quantity, book.AveragePrice));
        Assert.Equal(75.00m - 225.00m - 1.76m, book.Realized);
        Assert.Equal(100.00m, book.Unrealized(8.00m));
    }

    [Fact]
    public void Realised_and_unrealised_add_up_to_the_cash_for_any_sequence_of_fills()
    {
        var random = new Random(4);
        var book = new PositionBook();
        decimal cash = 0;
        for (var i = 0; i < 500; i++)
        {
            var quantity = random.Next(-200, 200);
            var price = Math.Round(100 + (decimal)random.NextDouble(), 2);
            if (quantity != 0)
            {
                book.Fill(quantity, price, 0.10m);
                cash -= (quantity * price) + 0.10m;
            }

            Assert.InRange(cash + (book.Quantity * price) - (book.Realized + book.Unrealized(price)), -0.01m * (i + 2), 0.01m * (i + 2));
        }
    }
}
