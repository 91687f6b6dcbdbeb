using System.Numerics;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Tests.Regions;

/// <summary>The cells of a token's footprint that a mask covers, of all: exact, by counting.</summary>
internal readonly record struct CountedCells(long Covered, long All) : IComparable<CountedCells>
{
    public double Share => (double)Covered / All;

    public static CountedCells Of(RegionMask mask, ImageToken token, (CellAxis Vertical, CellAxis Horizontal)[] tiles, int side)
    {
        var (vertical, horizontal) = tiles[token.Tile];
        var rows = vertical.Count(token.Row * side, (token.Row + 1) * side, mask.Size.Height);
        var columns = horizontal.Count(token.Column * side, (token.Column + 1) * side, mask.Size.Width);
        var covered = rows.Sum(row => columns.Sum(column => mask[row.Key, column.Key] ? (long)row.Value * column.Value : 0));
        return new CountedCells(covered, (long)side * vertical.Step * side * horizontal.Step);
    }

    public bool Reaches(int numerator, int denominator) => (BigInteger)Covered * denominator >= (BigInteger)All * numerator;

    public int CompareTo(CountedCells other) => ((BigInteger)Covered * other.All).CompareTo((BigInteger)other.Covered * All);
}
