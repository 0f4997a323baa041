from news import topics


def test_topics_are_parted_by_commas_alone():
    assert topics.parse(" data pemilih ") == ["data pemilih"]
    assert topics.parse('hoaks,, Bakohumas , "kutip" x,') == [
        "hoaks",
        "Bakohumas",
        '"kutip" x',
    ]
    assert topics.parse("Hoaks, hoaks, HOAKS") == ["Hoaks"]
    assert topics.parse("\u200b , \u202ea") == ["a"]
    assert topics.parse("x" * 200) == ["x" * 100]


def test_what_is_joined_is_read_again(write, humas):
    article = write(humas, tags=["data pemilih", "Bakohumas"])
    line = topics.join(article.tags.all())
    assert line == "Bakohumas, data pemilih"
    assert topics.parse(line) == ["Bakohumas", "data pemilih"]
