"""亲清通 Qinqing: six mechanisms of government–business communication, one matter, one clock, one ledger."""

__version__ = "0.1.0"
