"""strptime overlooks how a directive would be written, and says what it does not know."""

import time

for text, form in (
    ("5.3.24", "%-d.%-m.%y"), (" 7", "%e"), ("7", "%k"), ("7 AM", "%l %P"), ("12 2000", "%5d %Y"), ("12:13", "%R"), ("1 2", "%_m%t"),
    ("19", "%Y %"), ("19", "%Q"), ("x", "%\\"), ("x", "%5\\"), ("03/04/21", "%D"), ("2021-03-04", "%F"), ("Mar", "%h"), ("12", "%Ey"),
    ("12", "%E"), ("20", "%C"), ("a", "%n"), ("19 20", "%H"), ("x", "%H"),
):
    try:
        print(form, tuple(time.strptime(text, form)))
    except ValueError as error:
        print(error, error.__suppress_context__)
