"""The 49 municipalities and their marks."""

from site_core.municipalities import associations, swedish_order


def test_forty_nine_in_four_associations() -> None:
    counts = {association.short_name: len(association.municipalities) for association in associations()}
    assert counts == {"Skaraborg": 15, "Fyrbodal": 14, "Göteborgsregionen": 12, "Boråsregionen Sjuhärad": 8}


def test_no_two_marks_share_a_place() -> None:
    places = [(mark.x, mark.y) for association in associations() for mark in association.municipalities]
    assert len(set(places)) == 49


def test_north_is_up_and_the_sea_is_to_the_left() -> None:
    marks = {mark.name: mark for association in associations() for mark in association.municipalities}
    assert marks["Strömstad"].y < marks["Göteborg"].y
    assert marks["Öckerö"].x < marks["Karlsborg"].x


def test_names_are_in_swedish_order() -> None:
    assert sorted(["Öckerö", "Åmål", "Ale", "Älvsborg", "Vara"], key=swedish_order) == [
        "Ale",
        "Vara",
        "Åmål",
        "Älvsborg",
        "Öckerö",
    ]
