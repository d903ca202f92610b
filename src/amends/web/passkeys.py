"""Passkeys: made on the own page, used instead of a password or after it. The browser's part is in `static/passkeys.js`."""

from __future__ import annotations

import json
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from amends.store.models import Passkey
from amends.store.passkeys import find_passkey, keep_passkey, passkeys_of, used_passkey
from amends.store.tries import count_try, digest_of, must_wait
from amends.web.entry import enter, is_sure, place_of
from amends.web.front import front
from amends.web.onward import safe_onward
from amends.web.passkey_place import passkeys_work_at
from amends.web.sign_in import half_in, half_onward
from amends.web.tongues import tongue
from amends.web.who import signed_in
from amends.web.words import page_words

_CHALLENGE: Final = "challenge"
_LARGEST: Final = 64 * 1024


@require_POST
def begin_making(request: HttpRequest) -> HttpResponse:
    """Will say what a new passkey must look like."""
    user, place = signed_in(request), passkeys_work_at(request)
    if not is_sure(request):
        return _refused("me.sure_first")
    options = generate_registration_options(
        rp_id=place.host,
        rp_name="Amends",
        user_name=user.get_username(),
        user_id=f"amends-{user.pk}".encode(),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_known(user),
    )
    request.session[_CHALLENGE] = bytes_to_base64url(options.challenge)
    return HttpResponse(options_to_json(options), content_type="application/json")


@require_POST
def finish_making(request: HttpRequest) -> HttpResponse:
    """Will keep the passkey that the device made, under the name that its owner gives it."""
    place, given, challenge = passkeys_work_at(request), _given(request), _challenge(request)
    if not is_sure(request):
        return _refused("me.sure_first")
    if given is None or not challenge:
        return _refused("passkey.wrong")
    try:
        made = verify_registration_response(
            credential=given.get("credential", {}),
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return _refused("passkey.wrong")
    name = str(given.get("name") or "").strip() or page_words("passkey.unnamed", tongue())
    credential = bytes_to_base64url(made.credential_id)
    if not keep_passkey(
        signed_in(request), name, credential, made.credential_public_key, made.sign_count, front().now()
    ):
        return _refused("passkey.known")
    return JsonResponse({"next": "/me#passkeys"})


@login_not_required
@require_POST
def begin_using(request: HttpRequest) -> HttpResponse:
    """Will ask for a passkey: any of this host that the device holds, or one of the person whose password was right."""
    half, place = half_in(request), passkeys_work_at(request)
    options = generate_authentication_options(
        rp_id=place.host,
        allow_credentials=_known(half) if half else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    request.session[_CHALLENGE] = bytes_to_base64url(options.challenge)
    return HttpResponse(options_to_json(options), content_type="application/json")


@login_not_required
@require_POST
def finish_using(request: HttpRequest) -> HttpResponse:
    """Will sign in the owner of the passkey."""
    now, given, challenge = front().now(), _given(request), _challenge(request)
    counter = digest_of("passkey", place_of(request))
    if must_wait(counter, now):
        return _refused("passkey.wait", status=429)
    passkey = _proven(request, given, challenge) if given and challenge else None
    if passkey is None:
        count_try(counter, now)
        return _refused("passkey.wrong")
    half = half_in(request)
    if half is not None and half.pk != passkey.user_id:
        return _refused("passkey.other")
    onward = half_onward(request) if half else safe_onward(request, str((given or {}).get("next", "/")))
    enter(request, passkey.user)
    return JsonResponse({"next": onward})


def _proven(request: HttpRequest, given: dict[str, Any], challenge: bytes) -> Passkey | None:
    credential, place = given.get("credential"), passkeys_work_at(request)
    passkey = find_passkey(str(credential.get("id", ""))) if isinstance(credential, dict) else None
    if passkey is None or not isinstance(credential, dict):
        return None
    try:
        proven = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=place.host,
            expected_origin=place.origin,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    used_passkey(passkey, proven.new_sign_count, front().now())
    return passkey


def _known(user: User) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential)) for one in passkeys_of(user)]


def _given(request: HttpRequest) -> dict[str, Any] | None:
    if len(request.body) > _LARGEST:
        return None
    try:
        given = json.loads(request.body)
    except ValueError:
        return None
    return given if isinstance(given, dict) else None


def _challenge(request: HttpRequest) -> bytes:
    """The challenge of this session: it serves once."""
    return base64url_to_bytes(str(request.session.pop(_CHALLENGE, "")))


def _refused(key: str, status: int = 400) -> JsonResponse:
    return JsonResponse({"fault": page_words(key, tongue())}, status=status)
