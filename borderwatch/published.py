"""The public tables: one row per edition, rebuilt from the ledger alone. "Public" is spelt here and nowhere else."""

import json
from functools import cache

from django.apps import apps
from django.db import connections, models
from django.db.models import Q
from django.db.models.functions import Coalesce

from borderwatch import search
from borderwatch.batches import insert_links
from borderwatch.models import Change, Edition
from borderwatch.texts.packed import PackedTextField


def now_index(name, *fields):
    """An index of the rows that readers see now, from which they are counted without reading them: it holds what `current()` asks too."""
    asked = ("valid_to", "is_tombstone", "is_sealed")
    condition = Q(valid_to__isnull=True, is_tombstone=False, is_sealed=False)
    return models.Index(fields=[*fields, *asked], condition=condition, name=f"%(class)s_{name}")


class PublishedQuerySet(models.QuerySet):
    def current(self):
        """Rows that readers see now; uses the partial index on valid_to IS NULL."""
        return self.filter(valid_to__isnull=True, is_tombstone=False, is_sealed=False)

    def as_of(self, moment):
        """Rows that readers saw at `moment` (aware datetime); tombstones are not rows that readers saw."""
        return self.standing(moment).filter(is_tombstone=False, is_sealed=False)

    def standing(self, moment=None):
        """The row of every record at `moment` (None: now), tombstones too: they say what a record was merged into.

        Nearly every row began before the day that a reader asks for. SQLite would read all of them by the index of beginnings and sort
        them; told in words that this index does not answer, it reads rows in the order of a list, or by their keys.
        """
        if moment is None:
            return self.latest()
        begun = self.alias(begins=Coalesce("valid_from", "recorded_at")).filter(begins__lte=moment)
        return begun.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=moment))

    def merged(self):
        """Of these rows, those of records that were merged into another."""
        return self.filter(merged_into__isnull=False)

    def withdrawn(self):
        """Of these rows, those that withdrew a record: the words of such a record stand in its past alone."""
        return self.filter(is_tombstone=True, merged_into__isnull=True)

    def named(self):
        """Of these rows, those whose title may be said outside a record's past."""
        return self.exclude(is_tombstone=True, merged_into__isnull=True)

    def known_as(self, name):
        """Rows, of any time, that bear the public id or the slug `name`: a former slug still finds its record."""
        return self.filter(Q(public_id=name) | Q(slug=name))

    def after_release(self, sequence):
        """Each record's last row up to the release `sequence`: the record as it stood right after it."""
        return self.last_up_to(sequence).filter(is_tombstone=False, is_sealed=False)

    def last_up_to(self, sequence):
        """Each record's last row up to the release `sequence`, tombstones too."""
        return self.filter(release__lte=sequence).filter(Q(release_to__isnull=True) | Q(release_to__gt=sequence))

    def latest(self):
        """The last row of every record, tombstones too: answers 410 and 301."""
        return self.filter(valid_to__isnull=True)

    def with_text(self):
        """Rows together with the words and stamps of their editions, in one query."""
        return self.select_related("edition__release")

    def current_document(self, public_id):
        """The stored document of what readers see now under this id, or None. What is asked most is put into SQL once, not every time."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(current_document_sql(self.model, self.db), [public_id])
            row = cursor.fetchone()
        return row and self.model._meta.get_field("document").from_db_value(row[0], None, None)


@cache
def current_document_sql(model, alias):
    """The question behind `current_document`, as `current()` says it; its one value is the public id."""
    rows = model.objects.using(alias).current().filter(public_id="?").values("document")
    sql, _public_id = rows.query.get_compiler(alias).as_sql()
    return sql


class PublishedRow(models.Model):
    """One edition of one record, typed for filters; `document` is composed for current rows only."""

    record = ""
    """source, article, actor, statement or incident"""
    id_prefix = ""
    """What its public ids begin with."""
    list_name = ""
    """The word in its addresses: /incidents/, /api/v1/incidents/."""
    reference_kinds = {}
    """Content field → kind of the record it names by uid."""
    composed = ("document",)
    """Columns that are filled for rows that readers see now and blank for all others."""
    list_item = "document"
    """The composed column that lists pass on: the document itself unless a kind leaves something out."""
    rule_fields = ()
    """Content fields that can change a toll, an origin or an evidence status."""

    edition = models.OneToOneField(Edition, primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    uid = models.UUIDField()
    public_id = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    change = models.CharField(max_length=20, choices=Change)
    release = models.BigIntegerField()
    release_to = models.BigIntegerField(null=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    first_published_at = models.DateTimeField()
    merged_into = models.UUIDField(null=True)
    is_tombstone = models.BooleanField(default=False)
    is_sealed = models.BooleanField(default=False)
    is_correction = models.BooleanField(default=False, help_text="Whether the list of corrections tells it.")
    title = models.CharField(max_length=500, blank=True, default="", help_text="What the record is called; kept on tombstones.")
    slug = models.CharField(max_length=100, blank=True, default="")
    document = PackedTextField(blank=True, default="")

    objects = PublishedQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["uid"], condition=Q(valid_to__isnull=True), name="%(class)s_one_current_row")]
        indexes = [
            models.Index(fields=["uid", "number"], name="%(class)s_by_uid"),
            models.Index(fields=["public_id", "number"], name="%(class)s_by_id"),
            models.Index(fields=["slug"], name="%(class)s_by_slug"),
            models.Index(fields=["valid_from", "valid_to"], name="%(class)s_as_of"),
            models.Index(fields=["edition"], condition=Q(is_correction=True), name="%(class)s_corrections"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="%(class)s_merged"),
        ]

    def __str__(self):
        return f"{self.public_id} edition {self.number}"

    @property
    def content(self):
        """The edition's own public content as a dict."""
        return json.loads(self.edition.content) if self.edition.content else {}

    facet_date = None
    """The day that lists are ordered by, where the kind has one."""

    @property
    def search_key(self):
        """Under which the edition's words stand in the index."""
        return search.key_of(self.record, self.facet_date, self.pk)

    # What each kind says about itself

    @classmethod
    def prefix_for(cls, content):
        """What the public id of a new record with this content begins with."""
        return f"{cls.id_prefix}-"

    @classmethod
    def references(cls, content):
        """(field, uid) for every record that the content names."""
        for field in cls.reference_kinds:
            value = content.get(field)
            for uid in value if isinstance(value, list) else [value]:
                if uid:
                    yield field, uid

    @classmethod
    def compose(cls, public, state):
        """The document of `public` (state.PublicRecord) as the state shows it."""
        raise NotImplementedError

    @classmethod
    def prepare(cls, publics, state):
        """Read in few queries what composing `publics` will ask the state for."""
        state.load_named(publics)

    @classmethod
    def needed_by(cls, public, state):
        """Public ids of the records that keep this one from being withdrawn."""
        return []

    @classmethod
    def summarise(cls, document):
        """The list item: the document itself unless a kind leaves something out."""
        return document

    @classmethod
    def ready(cls, document):
        """What files take as it is: further composed columns."""
        return {}

    @classmethod
    def beside(cls, document):
        """What is kept beside rows of any time, as attributes of the row for `write_facets`."""
        return {}

    @classmethod
    def columns(cls, public, document):
        """Typed column values, for filters and sorting."""
        return {"title": document.get("name") or document.get("title") or "", "slug": document.get("slug", "")}

    @classmethod
    def facet_values(cls, public, document):
        """(name, value) pairs by which readers filter; empty where the kind has no facet table."""
        return ()

    @classmethod
    def words(cls, public, document, state):
        """Text by which search finds it."""
        return ""

    # Storing what a kind says

    facet_model = None

    @classmethod
    def write_facets(cls, rows, facets, is_new=False):
        """Write `facets` (edition sequence → pairs) of `rows`, in place of what stood there unless `is_new`."""
        if cls.facet_model is None:
            return
        if not is_new:
            old = cls.facet_model.objects.filter(row__in=[row.pk for row in rows])
            old._raw_delete(old.db)
        links = [(row.pk, name, value, row.facet_date) for row in rows for name, value in facets[row.pk]]
        insert_links(cls.facet_model, ("row", "name", "value", "date"), links)

    @classmethod
    def leave(cls, keys):
        """Rows with these keys are no longer what readers see: what is kept of current rows alone ends here."""

    @classmethod
    def forget(cls, keys):
        """Rows with these keys are sealed: what is kept of them beside the table is erased."""
        if cls.facet_model is not None:
            cls.facet_model.objects.filter(row__in=keys).delete()

    @classmethod
    def showing_place(cls, slug):
        """Rows that show a place, or None where this kind shows none."""
        if cls.facet_model is None:
            return None
        return cls.objects.filter(pk__in=cls.facet_model.objects.filter(name="shows_place", value=slug).values("row"))

    @classmethod
    def clear(cls):
        """Empty the table, for a rebuild."""
        for model in filter(None, (cls.facet_model, cls)):
            model.objects.all()._raw_delete(model.objects.db)


class BesideRows(models.Model):
    """A table that a kind keeps beside its public rows; it follows from them and is made anew with them."""

    class Meta:
        abstract = True


class Facet(models.Model):
    """A value by which readers filter rows; the date is repeated so that one index answers filter and order, and which `row` it is."""

    name = models.CharField(max_length=30)
    value = models.CharField(max_length=120)
    date = models.DateField(null=True)

    class Meta:
        abstract = True
        default_permissions = ()
        indexes = [models.Index(fields=["name", "value", "date", "row"], name="%(class)s_by_value")]


@cache
def public_kinds():
    """Record kind → public model, in the order in which a release writes them (what is named before what names it)."""
    found = {model.record: model for model in apps.get_models() if issubclass(model, PublishedRow)}
    return {record: found[record] for record in ("source", "actor", "article", "statement", "incident") if record in found}
