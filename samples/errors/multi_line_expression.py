"""An expression over several lines is marked line by line."""

total = (
    1
    + 2
    + int(
        "three"
    )
)
