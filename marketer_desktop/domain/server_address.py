"""The address of a server as a person types it."""

from pydantic import AnyHttpUrl, TypeAdapter, ValidationError

from marketer_desktop.domain.loopback import is_loopback

NOT_ONE = "“{typed}” is not the address of a server. Give it as {example}."
NOT_SAFE = (
    "“{typed}” would send your key or password in the clear. Use https://, as the address of any "
    "server but one on this computer has to be."
)
EXAMPLE = "https://marketer.example.com"
_URL = TypeAdapter(AnyHttpUrl)


def server_address(typed: str, example: str = EXAMPLE) -> str:
    """`https://host[:port][/path]` without a slash at its end; raises `ValueError`.

    Without `https://` it is meant all the same, but for a server on this computer.
    """
    text = typed.strip()
    try:
        url = _URL.validate_python(text if "://" in text else f"https://{text}")
        if "://" not in text and is_loopback((url.host or "").strip("[]")):
            url = _URL.validate_python(f"http://{text}")
    except ValidationError:
        raise ValueError(NOT_ONE.format(typed=text, example=example)) from None
    if url.username or url.password or url.query or url.fragment or " " in text:
        raise ValueError(NOT_ONE.format(typed=text, example=example))
    if url.scheme == "http" and not is_loopback((url.host or "").strip("[]")):
        raise ValueError(NOT_SAFE.format(typed=text))
    return str(url).rstrip("/")
