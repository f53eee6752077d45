"""A dict that changes size while it is iterated says so."""

stock = {"pears": 2, "plums": 0}
try:
    for fruit in stock:
        stock[fruit.upper()] = 1
except RuntimeError as error:
    print("RuntimeError:", error)
for fruit in list(stock):
    if not stock[fruit]:
        del stock[fruit]
print(stock)
