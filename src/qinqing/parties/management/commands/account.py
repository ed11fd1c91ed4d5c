"""`qinqing account USERNAME --name 张三 --unit city --role system_admin`: the first administrators, from the server's console."""

import sys

from django.core.management.base import BaseCommand

from qinqing import base
from qinqing.ledger import actions as ledger
from qinqing.parties import actions
from qinqing.parties.models import Unit


class Command(BaseCommand):
    help = "Make an account with a post and an initial password, which is shown once."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--name", required=True)
        parser.add_argument("--unit", required=True, help="the unit's code")
        parser.add_argument("--role", required=True, choices=[role for role in base.Role.values if role != base.Role.ENTERPRISE])
        parser.add_argument("--phone", default="")

    def handle(self, *, username, name, unit, role, phone, **_options):
        try:
            password = self.make(username=username, name=name, unit=unit, role=role, phone=phone)
        except base.Refused as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        self.stdout.write(password)

    @ledger.act
    def make(self, *, username, name, unit, role, phone):
        place = Unit.objects.on(base.today()).filter(code=unit).first()
        if place is None:
            raise base.Refused(base.say("没有单位 %(code)s。", code=unit))
        account = actions.create_account(actor=base.SYSTEM, username=username, name=name, phone=phone)
        actions.appoint(actor=base.SYSTEM, account=account, unit=place, role=role)
        return actions.issue_password(actor=base.SYSTEM, account=account)
