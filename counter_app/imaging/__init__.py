"""What citizens' papers look like: pictures and PDFs from outside, let in with care.

A file is what its first bytes say and not what it is called. A picture is opened in a program of
its own, with little memory and little time, and comes out as a new one: nothing of the bytes that
were given is kept, nor where a phone was when it took them. A PDF is kept as it is and opened
nowhere but in such a program. Nothing is written to the disk here.

`taking_in` is the way in; `drawing` and `leafing` run in the other program only, which `child` is.
This module stays empty: that program begins with it, and is to begin at once.
"""
