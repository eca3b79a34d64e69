import pytest

from planner.errors import BadInputFile
from planner.imports.decode import lines_in_utf8, read_text


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


def test_a_windows_file_with_lines_in_utf8_is_read_line_by_line(write_file):
    raw = "Café Zoë\n".encode("cp1252") + "Müller–Bräu\n".encode() + "Größe, Peña\n".encode("cp1252")
    assert read_text(write_file(raw)) == ("Café Zoë\nMüller–Bräu\nGröße, Peña\n", "cp1252 and utf-8")


def test_a_byte_that_is_no_letter_changes_no_other_letter(write_file):
    assert read_text(write_file("5 O’Hara Rd\n".encode("cp1252") + b"A\x81B \xe9\n")) == ("5 O’Hara Rd\nA\x81B é\n", "latin-1")


def test_lines_with_letters_in_another_encoding_are_named(write_file):
    text, encoding = read_text(write_file(b"Caf\xe9 \xe9 \xe9\nAda\n\xe9 \xe9 M\xc3\xbcller \xe9\n"))
    assert (encoding, lines_in_utf8(text.splitlines(), encoding)) == ("cp1252", [3])
    assert lines_in_utf8(["MÃ¼ller"], "utf-8") == []
