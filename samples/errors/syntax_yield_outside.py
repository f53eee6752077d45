"""`yield` outside a function."""
# oracle: 3.13

yield 5
