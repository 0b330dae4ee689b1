"""FHIRPath for forms: read once into closures, run within a bound, over the live answers or over plain JSON.

Why not a library: the one for Python takes 36 ms to read a long expression and 140 to 230 ms to look an answer up in a
response of 300, cannot be stopped, and calls whatever regular expression it is given. This one knows where an answer
lies, counts its steps, and follows the published language (N1) with the additions that SDC uses. Only `engine` and
`kinds` are for others to use.
"""
