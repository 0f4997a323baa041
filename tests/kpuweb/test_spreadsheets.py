import csv

import pytest

from kpuweb.spreadsheets import cell, csv_text


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_calculate_is_quoted(first):
    assert cell(f"{first}1+1") == f"'{first}1+1"


@pytest.mark.parametrize("value", ["Pleno", "", "1 = 1", -5, 1200, None])
def test_other_cells_stay_as_they_are(value):
    assert cell(value) == value


def test_a_table_is_read_back_as_it_was():
    rows = [("judul", "pembacaan"), ('Kata "kutip", dan\nbaris', 1234), ("=1", -1)]
    read = list(csv.reader(csv_text(rows).splitlines(keepends=True)))
    assert read == [
        ["judul", "pembacaan"],
        ['Kata "kutip", dan\nbaris', "1234"],
        ["'=1", "-1"],
    ]
