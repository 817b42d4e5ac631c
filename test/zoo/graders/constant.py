"""Costs nothing, so that what is measured is the way to it and back."""


def constant(answer, reference):
    return 0.5
