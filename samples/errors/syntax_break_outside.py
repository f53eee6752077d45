"""`break` outside a loop."""
# oracle: 3.13

if True:
    break
