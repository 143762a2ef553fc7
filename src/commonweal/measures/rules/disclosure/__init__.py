"""Disclosure control: no count of 1 to 10 is shown, and none can be worked out (DOMAIN §6.9, SECURITY P24).

``tables``   what is counted and how the counts add up
``suppress`` which cells are held back
``bounds``   what a reader with pencil and paper, or a solver, can still work out: exact
``audit``    the attack that must fail before anything is released
"""
