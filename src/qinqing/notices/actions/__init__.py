"""The write side: telling people, delivering it, sending once more by hand."""

from .deliveries import deliver_due, retry
from .telling import erase, mark_all_read, mark_read, notify, post_mail, reword, send_code

__all__ = ["deliver_due", "erase", "mark_all_read", "mark_read", "notify", "post_mail", "retry", "reword", "send_code"]
