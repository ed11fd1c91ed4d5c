"""The page of requirements: where an id stands, and where it is shown and proved."""

import pytest
from django.urls import path

from qinqing.site import requirements

LIST = "id,mechanism,requirement,figure\nM1-001,consultation,Six boards,6\nM1-002,consultation,One to one,\n"


def boards(request):
    """The boards (M1-001)."""


urlpatterns = [path("boards/", boards)]


@pytest.fixture
def project(tmp_path):
    for folder in ("docs", "src/qinqing/consultation", "tests/consultation"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "docs" / "requirements.csv").write_text(LIST)
    (tmp_path / "src" / "qinqing" / "consultation" / "terms.py").write_text('"""Six boards (M1-001)."""\n')
    (tmp_path / "tests" / "consultation" / "test_terms.py").write_text(
        'import pytest\n\n\n@pytest.mark.req("M1-001")\ndef test_there_are_six():\n    """Not a proof of M1-002."""\n'
    )
    return tmp_path


@pytest.mark.urls(__name__)
def test_an_id_is_found_in_its_file_its_screen_and_its_test(project):
    first, second = requirements.gathered(project)
    assert first.files == ["consultation/terms.py"]
    assert first.screens == ["/boards/"]
    assert first.tests == ["consultation/test_terms.py::test_there_are_six"]
    assert (second.files, second.screens, second.tests) == ([], [], [])


@pytest.mark.urls(__name__)
def test_the_page_counts_what_is_proved_and_says_what_is_not(project):
    page = requirements.as_markdown(requirements.gathered(project))
    assert "1 of 2 requirements are proved by a test." in page
    assert "| M1-002 | One to one | *none yet* | *none yet* | *none yet* |" in page


@pytest.mark.urls(__name__)
def test_an_id_that_is_not_on_the_list_is_named(project):
    (project / "src" / "qinqing" / "consultation" / "rules.py").write_text('"""Something else (M1-999)."""\n')
    assert requirements.unknown(requirements.gathered(project), project) == ["M1-999"]
