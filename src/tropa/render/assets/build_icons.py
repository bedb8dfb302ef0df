"""Picks the shipped icons from the published sets: `python -m tropa.render.assets.build_icons LUCIDE_JSON NOTO_JSON NOTO_CHARS`."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

LUCIDE = {
    "channel-website": "globe", "channel-app": "smartphone", "channel-search": "search", "channel-ads": "megaphone",
    "channel-social": "share-2", "channel-friend": "users", "channel-reviews": "message-square-quote", "channel-mail": "mail",
    "channel-sms": "message-square", "channel-messenger": "send", "channel-chat": "message-circle", "channel-phone": "phone",
    "channel-consultant": "user-round-check", "channel-shop": "store", "channel-branch": "landmark",
    "channel-marketplace": "shopping-bag", "channel-courier": "truck", "channel-pickup": "map-pin", "channel-package": "package",
    "channel-support": "life-buoy", "channel-return": "undo-2", "channel-push": "bell", "channel-video": "circle-play",
    "channel-blog": "newspaper", "channel-event": "calendar", "channel-documents": "file-text", "channel-loyalty": "badge-percent",
    "channel-meeting": "handshake", "channel-demo": "presentation", "channel-payment": "credit-card",
    "channel-cart": "shopping-cart", "channel-survey": "clipboard-list", "channel-qr": "qr-code", "channel-robot": "bot",
    "channel-other": "circle-dot", "face-happy": "smile", "face-neutral": "meh", "face-sad": "frown", "icon-image": "image",
    "icon-file": "paperclip", "icon-exit": "log-out", "icon-map": "map",
}  # fmt: skip
EMOJI = (
    "😀😁😂🤣😃😄😅😆😉😊😋😎😍😘🥰🙂🤗🤩🤔🤨😐😑😶🙄😏😣😥😮🤐😯😪😫🥱😴😌😛😜😝🤤😒😓😔😕🙃🤑😲🙁😖😞😟😤😢😭😦😧😨😩🤯😬😰😱🥵🥶😳🤪😵😡😠🤬"
    "😷🤒🤕🤢🤮🤧😇🥳🥺🤠🤫🧐👍👎👌👏🙏💪🤝👋👀❤💔💰💳🛒📦🚚📱💻📧📞💬⭐🔥⚡✅❌❗❓🎁🎉🏠🏪🏆🎯💡🔔⏰📈📉📊📝🔍🚀⚠🙋🤷🏃🛍💊🥇👨👩👶🐶"
)


def main(lucide: Path, noto: Path, chars: Path, out: Path) -> None:
    """Writes one file: {name: inner SVG in a box of 24}, ids prefixed so that two icons never share one."""
    icons: dict[str, str] = {}
    lines = json.loads(lucide.read_text(encoding="utf-8"))["icons"]
    for name, source in LUCIDE.items():
        icons[name] = lines[source]["body"]
    drawn = json.loads(noto.read_text(encoding="utf-8"))["icons"]
    names = json.loads(chars.read_text(encoding="utf-8"))
    for char in EMOJI:
        code = f"{ord(char):x}"
        source = names.get(code) or names.get(f"{code}-fe0f")
        if source in drawn:
            name = f"emoji-{code}"
            body = _prefixed(drawn[source]["body"], name)
            icons[name] = f'<g transform="scale(0.1875)">{body}</g>'
    text = json.dumps(icons, ensure_ascii=False, indent=0, sort_keys=True)
    out.write_text(text + "\n", encoding="utf-8", newline="\n")


def _prefixed(body: str, name: str) -> str:
    """The same drawing with ids of its own."""
    ids = dict.fromkeys(re.findall(r'id="([^"]+)"', body))
    for index, old in enumerate(ids):
        new = f"{name}-{index}"
        for before, after in (
            (f'id="{old}"', f'id="{new}"'),
            (f"url(#{old})", f"url(#{new})"),
            (f'href="#{old}"', f'href="#{new}"'),
        ):
            body = body.replace(before, after)
    return body


if __name__ == "__main__":
    lucide_json, noto_json, noto_chars = (Path(argument) for argument in sys.argv[1:4])
    main(lucide_json, noto_json, noto_chars, Path(__file__).resolve().parent / "icons.json")
