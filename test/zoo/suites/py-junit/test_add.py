from add import add


def test_add():
    assert add(1, 2) == 3
    assert add(-4, 9) == 5
