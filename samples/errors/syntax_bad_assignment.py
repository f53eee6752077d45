"""Assigning to a call."""

print("not even this runs")
f() = 1
