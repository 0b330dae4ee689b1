"""What the store says about one person, from every kind that mentions them: to read, to print, and to anonymise.

It stands above the features and names none of them: it follows the fields that declare `refers_to="person"`.
"""
