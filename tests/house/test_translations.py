"""English is complete: every source string has a translation that says the same values."""

from qinqing.site import messages


def test_every_string_is_translated():
    assert [f"{fault.what}: {fault.text}" for fault in messages.faults(messages.merged())] == []


def test_the_stored_catalogue_is_the_source_as_it_is_now():
    assert messages.path().read_bytes() == messages.written(messages.merged())
