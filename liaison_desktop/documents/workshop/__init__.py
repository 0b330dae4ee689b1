"""Where documents are made: an order goes in, a finished document comes out, sealed if that was asked.

`order` says what is made of what; `workshop` makes it in this process, which is what tests, the command line and a tour
use; `warm` makes it in a process of its own (`child`), so that the window never waits for the PDF writer.
"""
