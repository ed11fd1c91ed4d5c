"""What a page may show of a number that is somebody's own."""

MOBILE_DIGITS = 11
KEPT = 4


def masked_phone(number: str) -> str:
    """139****2046; of a shorter number only the last two digits."""
    number = number.strip()
    if len(number) >= MOBILE_DIGITS:
        return f"{number[:3]}****{number[-KEPT:]}"
    return f"****{number[-2:]}" if number else ""


def masked_code(code: str) -> str:
    """A unified social credit code or another long number: 9151****3X2K; a short one is hidden whole."""
    code = code.strip()
    return f"{code[:KEPT]}****{code[-KEPT:]}" if len(code) > 2 * KEPT else "****" * bool(code)
