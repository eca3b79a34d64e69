import pytest

from planner.errors import BadInputFile
from planner.imports.decode import read_text


@pytest.mark.parametrize(
    ("raw", "text", "encoding"),
    [
        (b"\xef\xbb\xbfCaf\xc3\xa9", "Café", "utf-8-sig"),
        (b"Caf\xc3\xa9", "Café", "utf-8"),
        (b"Caf\xe9", "Café", "cp1252"),
        (b"Caf\xe9 \x8d", "Café \x8d", "latin-1"),
        ("Café au lait".encode("utf-16"), "Café au lait", "utf-16"),
        ("Café au lait".encode("utf-16-le"), "Café au lait", "utf-16-le"),
    ],
)
def test_the_encoding_is_seen_from_the_bytes(write_file, raw, text, encoding):
    assert read_text(write_file(raw)) == (text, encoding)


def test_a_workbook_is_refused_with_what_to_do(write_file):
    with pytest.raises(BadInputFile) as caught:
        read_text(write_file(b"PK\x03\x04rest"))
    assert "CSV" in caught.value.remedy


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(BadInputFile, match="could not be opened"):
        read_text(tmp_path)
