"""Calling what cannot be called, over several lines."""

function = "not a function"
value = function(
    1,
    2,
)
