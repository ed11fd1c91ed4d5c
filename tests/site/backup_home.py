"""The insides of the homes of a backup's test; run by `qinqing manage shell` in that home."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qinqing import base
from qinqing.casework.models import Matter
from qinqing.consultation import actions as consultation
from qinqing.documents import actions as documents
from qinqing.documents.models import Attachment
from qinqing.ledger import actions as ledger
from qinqing.parties import actions as parties
from qinqing.parties.models import Account
from qinqing.site import erasures
from tests import characters
from tests.documents import samples


def seed():
    """One matter with one attachment, sealed and signed; gives the header of a program that may read it."""
    town = characters.make_town()
    said = {"title": "停电三天", "text": "窑炉停了", "topic": "utilities"}
    matter = consultation.submit(actor=town.lin, enterprise=town.enterprise, **said).matter
    documents.store(actor=town.lin, upload=SimpleUploadedFile("合同.pdf", samples.PDF), subject=f"matter:{matter.pk}")
    ledger.seal()
    ledger.checkpoint()
    return characters.token(town.lin, "read")


def erase():
    """After the backup: the liaison asks to be forgotten."""
    parties.erase_person(actor=base.SYSTEM, account=Account.objects.get(username="luo"))
    erasures.publish()


def report(headers):
    """What Lin gets, by the API and as a file, and who is erased."""
    client = Client()
    client.force_login(Account.objects.get(username="lin"))
    attachment = Attachment.objects.get()
    return {
        "matter": client.get(f"/api/v1/matters/{Matter.objects.get().number}", headers=headers).json(),
        "file": b"".join(client.get(f"/files/{attachment.public_id}/")).hex(),
        "erased": list(Account.objects.exclude(erased_at=None).values_list("id", flat=True)),
    }
