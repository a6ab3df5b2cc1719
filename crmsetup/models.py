"""The ground floor: people, implementations and who is a member, changes, files and handouts."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crmsetup.languages import CONTENT_LANGUAGES, interface_languages
from crmsetup.tenancy import Owned, TenantKey
from crmsetup.verbs import verb

slug_letters = RegexValidator(r"^[a-z0-9-]+$", _("Use small letters a–z, digits and hyphens."))


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the e-mail address is the name one signs in with."""

    def create_user(self, email: str, name: str, password: str | None = None, **fields: Any) -> "User":
        """An account with a hashed password; without one nobody can sign in until it is reset by e-mail."""
        user = self.model(email=email.strip().lower(), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in here."""

    class Theme(models.TextChoices):
        SYSTEM = "", _("As the system")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=10, choices=interface_languages, default="nb")
    theme = models.CharField(_("theme"), max_length=5, choices=Theme.choices, default=Theme.SYSTEM, blank=True)
    may_create_implementations = models.BooleanField(_("may create implementations"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="crmsetup_user_email_lower"),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Implementation(models.Model):
    """The CRM set-up of one company; everything else belongs to exactly one."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    name = models.CharField(_("company"), max_length=120)
    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        validators=[slug_letters],
    )
    main_language = models.CharField(
        _("main language"), max_length=10, choices=interface_languages, default="nb", editable=False
    )
    further_languages = models.JSONField(_("further languages"), default=list, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact's e-mail"), blank=True)
    crm_version = models.CharField(_("CRM version"), max_length=20, blank=True)
    go_live = models.DateField(_("go-live date"), null=True, blank=True)
    logo = models.ForeignKey("StoredFile", models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("implementation")
        verbose_name_plural = _("implementations")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="crmsetup_implementation_named"),
            TenantKey("logo", name="crmsetup_implementation_logo_fk"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("crmsetup:implementation-overview", args=[self.slug])

    def clean(self) -> None:
        """The further languages are known ones."""
        super().clean()
        unknown = next((code for code in self.further_languages if code not in CONTENT_LANGUAGES), None)
        if unknown is not None:
            told = _("«%(code)s» is not a language that names can be translated into; these are: %(known)s.")
            known = ", ".join(CONTENT_LANGUAGES)
            raise ValidationError({"further_languages": told % {"code": unknown, "known": known}})

    @property
    def languages(self) -> list[str]:
        """The main language and the further ones."""
        return [self.main_language, *self.further_languages]

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    def change_scope(self) -> str:
        return f"implementation:{self.pk}"


class Membership(Owned):
    """That a person works in an implementation, and as what. One that has ended keeps its row and its past."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        CONSULTANT = "consultant", _("Consultant")
        CONTRIBUTOR = "contributor", _("Contributor")
        READER = "reader", _("Reader")

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(Owned.Meta):
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            *Owned.Meta.constraints,
            models.UniqueConstraint(fields=["implementation", "user"], name="crmsetup_membership_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=["administrator", "consultant", "contributor", "reader"]),
                name="crmsetup_membership_role",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def has_ended(self) -> bool:
        return self.ended_at is not None

    def change_scope(self) -> str:
        return f"member:{self.pk}"


class Invitation(Owned):
    """That somebody is asked by e-mail to become a member. The link in the mail holds a token, this row its hash."""

    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=20, choices=Membership.Role.choices)
    language = models.CharField(_("language of the e-mail"), max_length=10, choices=interface_languages)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(Membership, models.PROTECT, related_name="invitations", editable=False)
    sent_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(Owned.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            *Owned.Meta.constraints,
            TenantKey("invited_by", name="crmsetup_invitation_invited_by_fk"),
            models.UniqueConstraint(
                fields=["implementation", "email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="crmsetup_invitation_open_once",
                violation_error_message=_("There is an open invitation to this address already."),
            ),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="crmsetup_invitation_email_lower"),
            models.CheckConstraint(
                condition=models.Q(role__in=["administrator", "consultant", "contributor", "reader"]),
                name="crmsetup_invitation_role",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(withdrawn_at=None), name="crmsetup_invitation_one_end"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        """Whether its link still makes somebody a member."""
        return self.accepted_at is None and self.withdrawn_at is None and not self.has_expired

    def change_scope(self) -> str:
        return f"invitation:{self.pk}"


class Change(models.Model):
    """One act of one person, with every row that it touched."""

    implementation = models.ForeignKey(Implementation, models.PROTECT, related_name="changes")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=120)
    verb = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        constraints = [
            models.UniqueConstraint(fields=["implementation", "id"], name="crmsetup_change_tenant"),
            models.UniqueConstraint(fields=["implementation", "seq"], name="crmsetup_change_seq"),
            TenantKey("undoes", name="crmsetup_change_undoes_fk"),
        ]

    def __str__(self) -> str:
        return f"{self.seq}: {self.verb}"

    @property
    def can_be_undone(self) -> bool:
        """Whether taking it back can be tried: its verb allows it, and nobody has done so already."""
        return verb(self.verb).undoable and not hasattr(self, "undone_by")


class ChangedRow(models.Model):
    """What a change did to one row: the touched columns before and after; null means made or removed."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="rows")
    model = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    scope = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["model", "row_id"], name="crmsetup_changedrow_row"),
            models.Index(fields=["scope", "change"], name="crmsetup_changedrow_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.row_id}"


class StoredFile(models.Model):
    """A file of an implementation. It lives in the database, so that one dump is a whole backup."""

    LARGEST = 25 * 1024 * 1024  # bytes

    implementation = models.ForeignKey(Implementation, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    type = models.CharField(max_length=100)
    bytes = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["implementation", "id"], name="crmsetup_storedfile_tenant"),
            models.UniqueConstraint(fields=["implementation", "sha256"], name="crmsetup_storedfile_once"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class Handout(models.Model):
    """A PDF that was made, kept under the hash of everything that it shows."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    implementation = models.ForeignKey(Implementation, models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["implementation", "content_hash"], name="crmsetup_handout_once"),
            TenantKey("file", name="crmsetup_handout_file_fk"),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(file__isnull=False), name="crmsetup_handout_ready"
            ),
        ]

    def __str__(self) -> str:
        return self.content_hash[:12]
