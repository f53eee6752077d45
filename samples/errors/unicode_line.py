"""Carets count columns as they are seen, also after wide characters."""

größe = {"名前": 1}
print(größe["名前"], größe["住所"])
