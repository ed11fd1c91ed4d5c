"""Pure rules about people: what of a contact a page may show, and which roles exclude one another."""

import re

from qinqing.base.actor import ADMINISTRATORS
from qinqing.ui.masks import masked_phone

MOBILE = re.compile(r"1[3-9]\d{9}")
FEWEST_PURPOSE_CHARACTERS = 4


def masked_name(name: str) -> str:
    """The family name, and a cross for each other character: 李××."""
    return name[:1] + "×" * (len(name) - 1)


def masked_email(address: str) -> str:
    """l****@example.cn"""
    local, at, host = address.partition("@")
    return f"{local[:1]}****{at}{host}" if at else "****" * bool(address)


def masked_contact(name: str, phone: str, email: str) -> tuple[str, str, str]:
    return masked_name(name), masked_phone(phone), masked_email(email)


def normalised_phone(text: str) -> str:
    """Digits and hyphens only; +86 in front of a mobile number is dropped."""
    digits = re.sub(r"[^\d-]", "", text.strip().removeprefix("+86").removeprefix("0086"))
    bare = digits.replace("-", "")
    return bare if MOBILE.fullmatch(bare) else digits


def excludes(held: set[str], role: str) -> bool:
    """Three-role separation: nobody is two of system, security and audit administrator."""
    return role in ADMINISTRATORS and bool((held & ADMINISTRATORS) - {role})
