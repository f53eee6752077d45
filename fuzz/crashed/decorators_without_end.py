# More registers than an instruction can name.
exec("@a\n" * 200_000 + "def f(): pass")
