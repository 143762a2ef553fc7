"""Tables of signing in. No password is kept anywhere."""

import secrets
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from commonweal.foundation.database.prepared import ask
from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id
from commonweal.kernel.text import fold


def new_seed() -> str:
    """A fresh secret that every session of an account is bound to; changing it ends them all."""
    return secrets.token_hex(16)


@lru_cache
def _entering(columns: tuple[str, ...]) -> str:
    """The statement of ``to_enter``: a row for each live membership, oldest first, or one without any."""
    account = ", ".join(f"a.{column}" for column in columns)
    return (
        f"select {account}, (select kind from accounts_installation), m.id, m.role, m.partner_id"  # noqa: S608
        " from guard.account_to_enter(%s::uuid) a"
        " left join accounts_membership m on m.account_id = a.id"
        " and (m.until is null or m.until > clock_timestamp())"
        " order by m.since, m.id"
    )


class AccountManager(BaseUserManager["Account"]):
    """Finds and makes accounts by their folded e-mail address."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(kind=Account.Kind.STAFF, email=fold(username or ""))

    def to_enter(self, account_id: UUID | str) -> "Account | None":
        """The active account with this id, before anyone acts: for a session and for a passkey.

        It brings along, as of now, what each request of someone signed in needs: its live memberships, and
        whether this installation is a demo.
        """
        columns = [field.column for field in self.model._meta.concrete_fields]
        rows = ask(_entering(tuple(columns)), [str(account_id)])
        if not rows:
            return None
        names = [field.attname for field in self.model._meta.concrete_fields]
        account = self.model.from_db(self.db, names, rows[0][: len(names)])
        account.entered_where, first = rows[0][len(names)], len(names) + 1
        account.entered_with = [tuple(row[first:]) for row in rows if row[first] is not None]
        return account

    def with_email(self, email: str, kind: str = "staff") -> "Account | None":
        """The account of this kind with this address, however it is written, or None."""
        return self.filter(kind=kind, email=fold(email)).first() if email.strip() else None


class Account(AbstractBaseUser):
    """Someone who can sign in. Says nothing of what they may see: memberships and consents do."""

    class Kind(models.TextChoices):
        STAFF = "staff"
        RESIDENT = "resident"

    # AbstractBaseUser brings columns for a password and the last sign-in; the first we have not, the second
    # is in the audit.
    password = None  # type: ignore[assignment]
    last_login = None

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=200)
    # One address may open the work of someone and, apart from it, their own page: whoever invites it to one
    # must not learn that there is the other.
    email = models.EmailField(null=True, blank=True)
    phone = models.CharField(max_length=20, blank=True, default="")
    language = models.CharField(max_length=12, default="en")
    time_zone = models.CharField(max_length=64, blank=True, default="")
    # A person of the people context, known here by id alone; that context adds the foreign key.
    person_id = models.UUIDField(null=True, blank=True, unique=True)
    is_active = models.BooleanField(default=True)
    session_seed = models.CharField(max_length=32, default=new_seed, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[AccountManager] = AccountManager()

    # Id, role and partner of each live membership when ``to_enter`` read the account; else None.
    entered_with: list[tuple[Any, ...]] | None = None
    entered_where: str | None = None

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email", "kind"], name="account_email_once_a_kind"),
            models.CheckConstraint(condition=Q(kind__in=["staff", "resident"]), name="account_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="staff") | Q(email__isnull=False), name="account_staff_has_email"
            ),
            models.CheckConstraint(
                condition=~Q(kind="staff") | Q(person_id__isnull=True), name="account_staff_is_no_person"
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = fold(self.email) if self.email else None
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff_member(self) -> bool:
        """Works for a partner: a passkey is the only way in."""
        return self.kind == self.Kind.STAFF

    # Passwords do not exist: whoever asks, be it Django or a library, hears no.
    def set_password(self, raw_password: str | None) -> None:
        raise NotImplementedError("Accounts have no passwords.")

    def check_password(self, raw_password: str | None) -> bool:
        return False

    def set_unusable_password(self) -> None:
        return None

    def has_usable_password(self) -> bool:
        return False

    def get_session_auth_hash(self) -> str:
        return salted_hmac("commonweal.accounts.session", self.session_seed, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return iter(())


class MembershipQuery(models.QuerySet["Membership"]):
    """Memberships."""

    def live(self) -> "MembershipQuery":
        """Those that hold now: not ended, and their term, where they have one, has not run out."""
        return self.filter(Q(until=None) | Q(until__gt=now()))


class Membership(models.Model):
    """An account acts for a partner in a role, from ``since`` until it is ended.

    ``partner_id`` points up to the partners context, which adds the foreign key in the database.
    It is empty for a role that acts for nobody but itself, as a resident member does.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    partner_id = models.UUIDField(null=True, blank=True)
    role = models.CharField(max_length=32)
    since = models.DateTimeField(default=now)
    until = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField(default=now, editable=False)

    objects = MembershipQuery.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "partner_id", "role"],
                condition=Q(until__isnull=True),
                nulls_distinct=False,
                name="membership_one_live",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["partner_id", "until"], name="membership_of_partner")]

    def __str__(self) -> str:
        return f"{self.account_id} as {self.role}"


class Token(models.Model):
    """A secret sent once, of which only the hash is kept: dated, one use, few tries."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    # The address it was meant for; when the account's address changes the token is dead.
    sent_to = models.CharField(max_length=254)
    created_at = models.DateTimeField(default=now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="%(class)s_ends_after_start"
            ),
        ]


class Invitation(Token):
    """Asks someone to come in, or to take one seat more.

    An account that sleeps wakes by making a passkey. One that is awake takes the seat with the passkey it
    has: an invitation from another partner never touches it. Only ``recovers`` replaces lost passkeys.
    """

    recovers = models.BooleanField(default=False)
    # The seat that waits: a membership that exists already, or one to be made when it is accepted.
    partner_id = models.UUIDField(null=True, blank=True)
    role = models.CharField(max_length=32, blank=True, default="")
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    invited_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class SignInLink(Token):
    """A resident's one-time way in: ten minutes, one use, five tries."""

    # Hash of a nonce in the browser that asked; another browser must name the address again.
    browser_hash = models.CharField(max_length=64, blank=True, default="")


class Attempt(models.Model):
    """How often something was tried in the present window, for the throttle. Keys are hashes."""

    key = models.CharField(primary_key=True, max_length=64)
    window_start = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)


class PasskeyUse(models.Model):
    """The signature counter that a passkey showed last; one that steps back is a copy."""

    authenticator_id = models.BigIntegerField(primary_key=True)
    sign_count = models.PositiveBigIntegerField(default=0)
    used_at = models.DateTimeField(default=now)


class Installation(models.Model):
    """The one row that says whether real people are in here. Set once, at setup."""

    class Kind(models.TextChoices):
        DEMO = "demo"
        REAL = "real"

    only = models.BooleanField(primary_key=True, default=True, editable=False)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64, default="UTC")
    set_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="installation_is_one"),
            models.CheckConstraint(condition=Q(kind__in=["demo", "real"]), name="installation_kind_known"),
        ]


class DemoCard(models.Model):
    """One card of the page where a visitor of the demo picks whom to be. Empty in a real installation."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True, related_name="+")
    order = models.PositiveSmallIntegerField()
    # English, marked for translation where the seed writes it; translated where it is shown.
    title = models.CharField(max_length=120)
    words = models.CharField(max_length=300)

    class Meta:
        ordering = ["order"]


def as_uuid(text: object) -> UUID | None:
    """``text`` as a UUID, or None when it is not one."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
