"""Requests that mean no good: values that break programs, put into addresses, queries, forms and files by chance."""

import json
import random
import re
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import quote, urlencode

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

VALUES = [
    *("", " ", "0", "-1", "1" + "0" * 30, "9" * 400, "1e400", "NaN", "Infinity", "-0.0", "٣", "１２", "0x10", "1_000", "true", "null"),
    *("\0", "a\0b", "\x1b[31m", "\u202eabc", "\u2066\u2069", "\ufeff", "\u200b", "\U0010ffff", "e\u0301" * 40, "ة" * 300, "مـ"),
    *("0000-00-00", "0000-01-01", "99999-12-31", "2025-02-30", "-1-01-01", "2025-13", "25:61", "9999-12-31T23:59:59+14:00", "today"),
    *("[]", "{}", '{"a":', "[[[[[[", '{"ru": 1}', '["\\u0000"]', '{"__proto__": {}}', '"\\ud800"', "[" * 3000, "1," * 3000, "__"),
    *("'", '"', "';--", "' OR 1=1 --", "%", "%00", "%s%s%n", "{{7*7}}", "${7*7}", "<script>", "../../etc/passwd", "\\", "a" * 70_000),
    *("incident", "BW-2025-0001", "BW-9999-999999999", "ST-1", "v1", "v99999999999999999999", "e0", "pk", "id", "-pk", "?", "a__b__c"),
    *("javascript:alert(1)", "http://a\0b/", "http://[::1", "//a", "https://example.org/" + "a" * 5000, "POINT(1 1)", "91,181", "1,,2"),
    *("nan,nan", "a" * 200 + " ", "\r\nSet-Cookie: a=b", "2147483648", "9223372036854775808", "-9223372036854775809", "2025", "None"),
    *("00000000-0000-0000-0000-000000000000", "update " + "0" * 64, "__all__"),
]
"""As text; in addresses and forms they are percent-encoded as UTF-8."""
RAW = ["%ED%A0%80", "%FF%FE", "%C0%80", "%", "%zz", "%E2%80", "%00", "%0d%0a", "%F4%90%80%80", "+%2B&&==&;", "%u0000"]
"""Already encoded: lone surrogates, broken UTF-8, broken escapes."""
NAMES = [
    *("q", "o", "p", "e", "all", "_popup", "_to_field", "_changelist_filters", "next", "term", "page", "queue", "as_of", "action", "id"),
    *("app_label", "model_name", "field_name", "version", "press", "reason", "other", "a", "b", "to", "article", "incident", "speaker"),
    *("select_across", "_selected_action", "post", "fingerprint", "text", "since", "limit", "cursor", "fields", "ordering", "by", "key"),
    *("index", "place", "language"),
]
METHODS = ["GET"] * 4 + ["POST"] * 11 + ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]
URLENCODED = "application/x-www-form-urlencoded"
TYPES = [URLENCODED, f"{URLENCODED}; charset=utf-7", MULTIPART_CONTENT, "multipart/form-data", "application/json", "text/plain", "", "a/b;"]
QUERIES = {
    "/compare/": "a=v1&b=e1",
    "/put-back/": "to=v1",
    "/merge/": "into=2",
    "/publish/": "carry=article-1",
    "/together/": "record=incident-1&record=incident-2",
    "/ask/": "what=numbers&words=5+killed",
    "/progress/": "watch=1",
    "/workbench/<int:article_id>/": "statement=1&new=1&quote=They",
    "/autocomplete/": "app_label=incidents&model_name=statement&field_name=speaker&term=a",
}
"""What addresses of the desk are asked with, by how they end."""


def picture(size=(4, 4), form="PNG"):
    out = BytesIO()
    Image.new("RGB", size).save(out, form)
    return out.getvalue()


FILES = [
    *(b"", b"\0" * 20, b"\xff\xd8\xff", picture(), picture()[:40], picture(form="GIF"), picture((3000, 3000))),
    *(b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"PK\x03\x04" + b"\0" * 40, b"%PDF-1.7", b"{}", b"[1]", b'"', b"\n" * 5000),
    *(b"name,kind\n\0,\xff\n", b"\xff\xfen\0a\0m\0e\0", b"id,id\n1\n1,2,3\n", b"name,kind\n" + b"a," * 2000),
    *(b"\xef\xbb\xbfname;kind\r\nA;ngo\r\n", b"id,title\n" + b"9" * 50 + b",x\n", b"title,started_on\nA,99999-01-01\n"),
    *(b'name,slug,kind\n"' + b"A" * 200_000 + b'",a,ngo\n', b"title\n\xed\xa0\x80\n", b"name,kind\nA\x1b[0m,ngo\nB,B\n"),
]
FILE_NAMES = ["a.csv", "a.xlsx", "a.png", "a.webp", "", "..", "a\0.csv", "../../a.csv", "a" * 300 + ".csv", "con.json", "ا.csv", "a.jsonl"]


class File:
    """What the test client takes for a file."""

    def __init__(self, content, name, content_type):
        self.name, self.content_type, self.content = name, content_type, content

    def read(self, *_size):
        return self.content


class Forms(HTMLParser):
    """The fields of every form of a page as a browser would send them: [(name, value or None for a file)]."""

    def __init__(self, html):
        super().__init__()
        self.fields, self.forms, self.select, self.area = [], [], None, None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "form":
            self.fields = []
            self.forms.append(self.fields)
        elif tag in ("input", "button") and found.get("name"):
            self.fields.append((found["name"], None if found.get("type") == "file" else found.get("value") or ""))
        elif tag == "select":
            self.select = found.get("name")
        elif tag == "option" and self.select:
            self.fields.append((self.select, found.get("value") or ""))
        elif tag == "textarea" and found.get("name"):
            self.area = len(self.fields)
            self.fields.append((found["name"], ""))

    def handle_data(self, text):
        if self.area is not None:
            name, value = self.fields[self.area]
            self.fields[self.area] = (name, value + text)

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None


class Attacker:
    """Draws requests; the same number draws the same one. `unspoilt`: the last address as the desk itself would ask it."""

    def __init__(self):
        self.chance = random.Random()

    def begin(self, number):
        self.chance.seed(number)

    def address(self, route, keys):
        """The route with real keys and now and then something else, and a query."""
        path = re.sub(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)", lambda part: self.key(part[1] or part[2], keys), route)
        wanted = next((query for ending, query in QUERIES.items() if route.endswith(ending)), "")
        wanted = wanted if self.chance.random() < 0.7 else ""
        spoilt = self.query() if self.chance.random() < 0.4 else ""
        self.unspoilt = path + (f"?{wanted}" if wanted else "")
        query = "&".join(filter(None, (wanted, spoilt)))
        return path + (f"?{query}" if query else "")

    def form(self, forms):
        """One of a page's forms, rather one with many fields; every page has a small one to sign out by."""
        return self.chance.choices(forms, [len(fields) ** 2 + 1 for fields in forms])[0] if forms else []

    def key(self, name, keys):
        if self.chance.random() < 0.85 and name in keys:
            return quote(str(self.chance.choice(keys[name])))
        return self.chance.choice(RAW).split("&")[0] if self.chance.random() < 0.3 else quote(self.value()[:2000], safe="")

    def value(self):
        return self.chance.choice(VALUES)

    def query(self):
        if self.chance.random() < 0.1:
            return f"{self.chance.choice(NAMES)}={self.chance.choice(RAW)}"
        names = self.chance.choices([*NAMES, *VALUES[:40]], k=self.chance.randint(1, 3))
        return urlencode([(name[:500], self.value()[:5000]) for name in names])

    def body(self, fields):
        """(content, content type) of a request to a page with these form fields."""
        if self.chance.random() < 0.08:
            return self.broken_body()
        sent = self.spoilt(self.one_of_each(fields))
        if self.chance.random() < 0.25:
            pairs = [(name, value) for name, value in sent if isinstance(value, str)]
            return urlencode(pairs).encode(), URLENCODED
        gathered = {}
        for name, value in sent:
            gathered.setdefault(name, []).append(value)
        return encode_multipart(BOUNDARY, gathered), MULTIPART_CONTENT

    def one_of_each(self, fields):
        """One option of each choice; of the buttons, which stand under one name too, one as well; files where one is asked for."""
        found = {}
        for name, value in fields:
            found.setdefault(name, []).append(value)
        chosen = [(name, self.chance.choice(values)) for name, values in found.items()]
        return [(name, self.file() if value is None else value) for name, value in chosen]

    def file(self):
        types = ("image/png", "text/csv", "application/zip", "")
        return File(self.chance.choice(FILES), self.chance.choice(FILE_NAMES), self.chance.choice(types))

    def spoilt(self, fields):
        """Some fields changed, doubled, left out or made up."""
        sent = list(fields)
        for _each in range(self.chance.choice((0, 1, 1, 1, 2, 3, 8))):
            where = self.chance.randrange(len(sent) + 1) - 1
            how = self.chance.random()
            if not sent or how < 0.1:
                sent.append((self.chance.choice(NAMES), self.value()))
            elif how < 0.2:
                del sent[where]
            elif how < 0.3:
                sent.append((sent[where][0], self.value()))
            elif how < 0.36:
                sent[where] = (sent[where][0], self.file())
            else:
                sent[where] = (sent[where][0], self.value())
        counts = [at for at, (name, _value) in enumerate(sent) if name.endswith("_FORMS")]
        if counts and self.chance.random() < 0.2:
            at = self.chance.choice(counts)
            sent[at] = (sent[at][0], self.chance.choice(["-1", "", "x", "1001", "9" * 30, "1", "0"]))
        if counts and self.chance.random() < 0.08:
            sent = [(name, value) for name, value in sent if not name.endswith("_FORMS")]
        return sent

    def broken_body(self):
        part, end = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=", f"\r\n--{BOUNDARY}--\r\n"
        bodies = [
            *(b"", b"\0" * 100, json.dumps({"press": [1]}).encode(), b"a=%ED%A0%80&b=%", b"\xff\xfe=1", b"a=1&" * 6000),
            f'{part}"file"; filename="a\0.csv"\r\n\r\n'.encode(),
            f'{part}"version"\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%{end}'.encode(),
            f'{part}"q"\r\nContent-Type: text/plain; charset=none\r\n\r\n\xff{end}'.encode("latin-1"),
        ]
        return self.chance.choice(bodies), self.chance.choice(TYPES)
