"""A name that is nearly right is suggested."""

temperature = 20
print(temprature)
