"""The carets of a subscript."""

rows = [[1, 2], [3]]
print(rows[0][1] + rows[1][1])
