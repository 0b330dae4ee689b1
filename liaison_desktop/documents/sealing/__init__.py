"""The seal on a PDF: a PAdES B-B certification signature of this laptop, put on and checked without any network.

`seal` puts it on, `verifying` says what became of a sealed file, `printed` what its pages say about themselves.
pyHanko is imported here and nowhere else, inside the functions that need it: loading it takes about 0.4 s.

The seal permits form filling and signatures (DocMDP P=2), so that a document timestamp can be appended later, when a
laptop is online. Nothing makes one in this release, because nothing in it talks to a network; so whatever stands behind
the seal counts as a change, and who adds timestamps will say in `verifying` how one is told apart.
"""
