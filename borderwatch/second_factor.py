"""The second factor: a code from an app on a phone (TOTP, RFC 6238), or one of ten recovery codes on paper."""

from django.conf import settings
from django.db import transaction
from django_otp import devices_for_user, user_has_device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10


def must_enrol(user):
    """Whether the desk stays shut until `user` has a second factor: who may publish, where the setting asks for it."""
    return settings.SECOND_FACTOR and (user.is_superuser or any(".publish_" in name for name in user.get_all_permissions()))


def is_enrolled(user):
    return user_has_device(user)


def lacks_second_factor(user):
    """Whether this sign-in is only half done: `user` has a second factor, or must have one, and it was not given yet."""
    return not user.is_verified() and (is_enrolled(user) or must_enrol(user))


def device_to_confirm(user):
    """The app's secret that `user` is about to set up; the same one until it is confirmed."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first() or TOTPDevice.objects.create(
        user=user, name="app", confirmed=False
    )


@transaction.atomic
def confirm(device):
    """Make `device` the only one of its user. Returns the recovery codes, which are shown once."""
    TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    return new_recovery_codes(device.user)


@transaction.atomic
def new_recovery_codes(user):
    """Ten codes that each work once; those from before end."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=device, token=code) for code in codes])
    return codes


def recovery_codes_left(user):
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def reset(user):
    """Forget the second factor of `user`. Returns how many devices were forgotten."""
    devices = [*devices_for_user(user), *TOTPDevice.objects.filter(user=user, confirmed=False)]
    for device in devices:
        device.delete()
    return len(devices)
