"""What the workbench's short entries write: the incident a statement is about, its figures, its labels.

A row that was not changed is not touched; a row that was changed stays the same row, so that its public id stands.
"""

from incidents.admin.workbench_choices import ActorChooser


def save_rows(form, statement, reason):
    writer = RowWriter(statement, reason)
    if not form.fields["incident"].disabled:
        writer.link(form.links, form.cleaned_data.get("incident"))
    if not form.fields["numbers"].disabled:
        writer.rows(statement.figures, form.figures, form.fields["numbers"].rows, figure_likeness)
    if not form.fields["called"].disabled:
        called = [label_fields(*one) for one in form.fields["called"].rows]
        writer.rows(statement.labels, form.labels, called, label_likeness, language=statement.language)


class RowWriter:
    def __init__(self, statement, reason):
        self.statement, self.reason = statement, reason

    def save(self, row, **fields):
        for name, value in fields.items():
            setattr(row, name, value)
        row._change_reason = self.reason
        row.save()

    def delete(self, row):
        row._change_reason = self.reason
        row.delete()

    # The incident

    def link(self, links, incident):
        """Let the statement be about `incident` (or none) in place of the one it was about; its rows go along."""
        link = links[0] if links else None
        before = link.incident_id if link else None
        if before == (incident.pk if incident else None):
            return
        if link and not incident:
            self.delete(link)
        else:
            self.save(link or self.statement.statement_incidents.model(statement=self.statement), incident=incident)
        answers = self.statement.assertions.filter(incident=before) if before else []
        for row in (*self.statement.figures.filter(incident=before), *answers):
            self.save(row, incident=incident)

    # Figures and labels

    def rows(self, relation, standing, wanted, likeness, **new):
        """Make the `standing` rows of a relation say what is `wanted` (a list of field dicts), each kept as far as it can be.

        `new`: further fields of new rows.
        """
        standing, wanted = list(standing), list(wanted)
        for is_like, changes in likeness:
            for row in list(standing):
                fields = next((fields for fields in wanted if is_like(row, fields)), None)
                if fields is not None:
                    standing.remove(row)
                    wanted.remove(fields)
                    if changes:
                        self.save(row, **fields)
        for row in standing:
            self.delete(row)
        for fields in wanted:
            self.save(relation.model(statement=self.statement, **new), **fields)


def says_the_same(figure, fields):
    names = ("measure", "group", "nationality", "low", "high", "wording")
    same = all(getattr(figure, name) == fields[name] for name in names)
    return same and (figure.best or figure.low) == (fields["best"] or fields["low"])


def counts_the_same_people(figure, fields):
    return all(getattr(figure, name) == fields[name] for name in ("measure", "group", "nationality"))


figure_likeness = (
    (says_the_same, False),
    (counts_the_same_people, True),
    (lambda figure, fields: figure.measure == fields["measure"], True),
)
"""How a typed number is recognised as a figure that stands, the surest way first; whether the figure then changes."""


def label_fields(words, who):
    """Fields of a label; who is called so is an actor where exactly one bears that name, else the words."""
    named = ActorChooser().called(who)
    actor = ActorChooser.model.objects.get(pk=named[0][0]) if len(named) == 1 else None
    return {"words": words, "actor": actor, "described": "" if actor else who}


def is_half_the_same(label, fields):
    return label.words == fields["words"] or (label.actor == fields["actor"] and label.described == fields["described"])


label_likeness = (
    (lambda label, fields: all(getattr(label, name) == value for name, value in fields.items()), False),
    (is_half_the_same, True),
)


def told_labels(pairs):
    """How the labels of a short entry were read, in words."""
    for words, who in pairs:
        fields = label_fields(words, who)
        yield words, str(fields["actor"]) if fields["actor"] else who, fields["actor"] is not None
