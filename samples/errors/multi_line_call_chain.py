"""Only the part of a chain that failed is marked."""

text = "a,b,c"
result = text.replace(",", ";").split(";").index("z").bit_length()
