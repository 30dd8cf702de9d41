"""Two records of differing size asked in turn, question after question, so that a busy machine slows both alike.

`python -m tests.stress.sizes_in_turn SMALL LARGE [ROUNDS]`: data folders, or addresses of PostgreSQL databases beside BORDERWATCH_DATA_DIR.
Prints Markdown: processor time of the site and of the hand-written answers in each, and how much longer the larger takes.
"""

import json
import os
import statistics
import subprocess
import sys

WARM = 3
"""Turns that are not counted."""


def answers():
    """In a process of its own: for each number of a question on the way in, the processor times of both answers on the way out."""
    import django

    django.setup()
    from borderwatch.benchmark import by_hand, measuring, questions
    from borderwatch.benchmark.rows import Plain

    by_hand._plain = plain = Plain()
    asked, way = questions.questions(plain), measuring.InProcess()
    for question in asked:
        question.times[way.name] = {"site": [], "hand": []}
    etags = [measuring.warmed(question, way) for question in asked]
    say([question.name for question in asked])
    for turn, line in enumerate(sys.stdin):
        place = int(line)
        measuring.one_turn(asked[place], way, turn, etags[place])
        say({who: pairs[-1][1] for who, pairs in asked[place].times[way.name].items()})


def say(found):
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


class Record:
    def __init__(self, where):
        key = "DATABASE_URL" if "://" in where else "BORDERWATCH_DATA_DIR"
        chosen = os.environ | {key: where, "BORDERWATCH_API_RATE": "off", "DJANGO_SETTINGS_MODULE": "borderwatch.settings"}
        command = [sys.executable, "-m", __spec__.name, "--answers"]
        self.process = subprocess.Popen(command, env=chosen, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.questions = self.said()
        self.times = [{"site": [], "hand": []} for _question in self.questions]

    def said(self):
        return json.loads(self.process.stdout.readline())

    def ask(self, place, counts):
        self.process.stdin.write(f"{place}\n")
        self.process.stdin.flush()
        for who, seconds in self.said().items():
            if counts:
                self.times[place][who].append(seconds)

    def median(self, place, who):
        return 1000 * statistics.median(self.times[place][who])


def main(small, large, rounds=40):
    records = [Record(where) for where in (small, large)]
    for turn in range(WARM + int(rounds)):
        for place in range(len(records[0].questions)):
            for record in records:
                record.ask(place, counts=turn >= WARM)
    sys.stdout.write("| processor time | smaller ms | × by hand | larger ms | × by hand | larger against smaller | by hand |\n")
    sys.stdout.write("|---|---|---|---|---|---|---|\n")
    for place, name in enumerate(records[1].questions):
        site, hand = ([record.median(place, who) for record in records] for who in ("site", "hand"))
        parts = " | ".join(f"{mine:.2f} | {mine / theirs:.2f}" for mine, theirs in zip(site, hand, strict=True))
        sys.stdout.write(f"| {name} | {parts} | {site[1] / site[0]:.2f} | {hand[1] / hand[0]:.2f} |\n")
    for record in records:
        record.process.stdin.close()
        record.process.wait()


if __name__ == "__main__":
    answers() if "--answers" in sys.argv else main(*sys.argv[1:])
