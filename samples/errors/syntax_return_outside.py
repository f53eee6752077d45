"""`return` outside a function."""
# oracle: 3.13

x = 5
return x
