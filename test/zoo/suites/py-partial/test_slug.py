from slug import slug


def test_visible_case():
    assert slug("Hello World") == "hello-world"
