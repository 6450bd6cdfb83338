"""Every address, and what it answers to every role. `tests/test_urls_and_roles.py` walks them all.

Who adds an address adds a line here: what GET and what POST (of nothing) answer to each of ROLES, one sign each,
and what of the World in that test the address is about. The scenario there is for its members only.

    .  the page, 200      >  redirected onwards        -  404, exactly like what does not exist
    L  to the log-in      x  403, seen but not allowed u  401, who are you?
    n  409, no passkeys where the test is: under no name that is encrypted
    o  405, no such act   f  422, the form shows what is missing
    a  201, made          b  400, it needs a query     m  415, not JSON      g  410, over
"""

from typing import NamedTuple

ROLES = ("anonymous", "stranger", "viewer", "analyst", "resolver", "editor", "owner", "administrator")
STATUS = {
    ".": (200,), "a": (201,), ">": (302, 303), "L": (302,), "b": (400,), "u": (401,), "x": (403,), "-": (404,),
    "o": (405,), "n": (409,), "g": (410,), "m": (415,), "f": (422,),
}  # fmt: skip


class Row(NamedTuple):
    get: str
    post: str
    about: str = ""


def admin(
    name: str, see: str, add: tuple[str, str], change: str, delete: tuple[str, str] | None = None
) -> dict[str, Row]:
    """The five pages of one list: who sees it and its rows, who adds one, and what POST on a row's page answers.

    Where `delete` is left out nobody deletes a row.
    """
    about = name.partition("_")[2]
    remove = delete or ("L-------", see.replace(".", "x"))
    return {
        f"admin:{name}_changelist": Row(see, see),
        f"admin:{name}_add": Row(*add),
        f"admin:{name}_history": Row(see, see, about),
        f"admin:{name}_delete": Row(*remove, about),
        f"admin:{name}_change": Row(see, change, about),
    }


#                     to see      to add: GET, POST         to change
ADMIN = {
    **admin("forecasts_scenario", "L--.....", ("L------.", "L--xxxx."), "L--xxx.."),
    **admin("forecasts_article", "L--.....", ("L----...", "L--xx..."), "L--xx..."),
    **admin("forecasts_statement", "L--.....", ("L-------", "L--xxxxx"), "L--xx..."),
    **admin("forecasts_forecast", "L--.....", ("L----...", "L--xx..."), "L--xx..."),
    **admin("forecasts_estimate", "L--.....", ("L-------", "L--xxxxx"), "L--xxxxx"),
    **admin("forecasts_verdict", "L--.....", ("L-------", "L--xxxxx"), "L--xxxxx"),
    **admin("forecasts_relation", "L--.....", ("L----...", "L--xx..."), "L--xx...", ("L----...", "L--xx...")),
    **admin("forecasts_source", "L------.", ("L------.", "L------."), "L------."),
    **admin("forecasts_user", "L------.", ("L------.", "L------."), "L------."),
    **admin("forecasts_forecaster", "L------.", ("L-------", "L------x"), "L------x"),
    **admin("auth_group", "L------.", ("L-------", "L------x"), "L------x"),
    **admin("forecasts_erasure", "L------.", ("L-------", "L------x"), "L------x"),
    **admin("forecasts_securityevent", "L------.", ("L-------", "L------x"), "L------x"),
    **admin("forecasts_message", "L------.", ("L-------", "L------x"), "L------x"),
    **admin("forecasts_suppression", "L------.", ("L-------", "L------x"), "L------x"),
    "admin:forecasts_message_html": Row("L------.", "L------.", "message"),
    "admin:forecasts_mail_retry": Row("L-------", "L------>"),
    "admin:forecasts_mail_write": Row("L-------", "L------>"),
    "admin:forecasts_mail_cancel": Row("L-------", "L------>"),
    "admin:forecasts_mail_lift": Row("L-------", "L------>"),
    "admin:forecasts_sending": Row("L------.", "L------>"),
    **admin("forecasts_prompt", "L------.", ("L-------", "L------x"), "L------x"),
    "admin:index": Row("L--.....", "L--....."),
    "admin:files": Row("L--.....", "L--xxfff"),
    "admin:import": Row("L----...", "L--xxfff"),
    "admin:login": Row(">>>>>>>>", ".>>>>>>>"),
    "admin:logout": Row(">--ooooo", ">--LLLLL"),
    "admin:password_change": Row("L-->>>>>", "L-->>>>>"),
    "admin:password_change_done": Row("L--.....", "L--ooooo"),
    "admin:autocomplete": Row("L-------", "L--ooooo"),
    "admin:jsi18n": Row("L--.....", "L--ooooo"),
    "admin:app_list": Row("L--.....", "L--.....", "app"),
    "admin:auth_user_password_change": Row("L------.", "L------.", "user"),
    "admin:forecasts_forecast_resolve": Row("L---....", "L---ffff", "forecast"),
    "admin:forecasts_forecast_confirm": Row("L---....", "L---ffff", "forecast"),
    "admin:forecasts_forecast_take_back": Row("L---....", "L---....", "forecast"),
    "admin:forecasts_forecast_counted": Row("L---....", "L---ffff", "forecast"),
    "admin:forecasts_forecast_decide": Row("L---....", "L---ffff", "forecast"),
    "admin:forecasts_forecast_publish": Row("L---->>>", "L---->>>", "forecast"),
    "admin:forecasts_forecast_spec": Row("L----...", "L----fff", "draft"),
    "admin:forecasts_forecast_amend": Row("L----...", "L----...", "forecast"),
    "admin:forecasts_forecast_annul_several": Row("L-------", "L-------"),
    "admin:forecasts_forecast_hand_over": Row("L-------", "L-------"),
    "admin:forecasts_forecast_resolve_several": Row("L-------", "L-------"),
    "admin/(?P<url>.*)$": Row("L-------", "L-------", "rest"),
}

PAGES = {
    "board": Row("L.......", "L......."),
    "search": Row("L.......", "L......."),
    "scenarios": Row("L.......", "L......."),
    "scenario": Row("L-......", "L-......", "slug"),
    "forecast": Row("L-......", "L-......", "forecast"),
    "estimate": Row("Looooooo", "L-xfffff", "forecast"),
    "articles": Row("L.......", "Looooooo"),
    "article": Row("L-......", "Looooooo", "article"),
    "article-card": Row("L-......", "Looooooo", "article"),
    "review": Row("L----...", "Looooooo", "article"),
    "review-state": Row("L----...", "Looooooo", "article"),
    "review-act": Row("Looooooo", "L---->>>", "article"),
    "draft": Row("L----...", "L----fff", "statement"),
    "draft-preview": Row("Looooooo", "L----...", "statement"),
    "sources": Row("L.......", "Looooooo"),
    "source": Row("L-......", "Looooooo", "source"),
    "calibration": Row("L.......", "L......."),
    "category-styles": Row("........", "oooooooo"),
    "evidence": Row("L-......", "Looooooo", "evidence"),
    "make-scenario": Row("Lxxxxx..", "Lxxxxx.."),
    "invite-member": Row("L-xxxx..", "L-xxxx..", "slug"),
    "members": Row("L-xxxx..", "L-xxxxff", "slug"),
    "account": Row("L.......", "L......."),
    "me": Row("L.......", "L......."),
    "my-data": Row("L.......", "Looooooo"),
    "person": Row("L-......", "L-......", "forecaster"),
    "make-token": Row("Looooooo", "L......."),
    "revoke-token": Row("Looooooo", "L>>>>>>>", "key"),
    "login": Row(".>>>>>>>", ".>>>>>>>"),
    "account_login": Row(".>>>>>>>", ".>>>>>>>"),
    "mfa_authenticate": Row(">>>>>>>>", ">>>>>>>>"),
    "mfa_login_webauthn": Row("nnnnnnnn", "nnnnnnnn"),
    "account_inactive": Row("xxxxxxxx", "xxxxxxxx"),
    "socialaccount_signup": Row("xxxxxxxx", "xxxxxxxx"),
    "openid_connect_login": Row("--------", "--------", "provider"),
    "openid_connect_callback": Row("--------", "--------", "provider"),
    "logout": Row("oooooooo", "LLLLLLLL"),
    "account_logout": Row("oooooooo", "LLLLLLLL"),
    "account_reauthenticate": Row("L.......", "L......."),
    "mfa_reauthenticate": Row("L>>>>>>>", "L>>>>>>>"),
    "mfa_reauthenticate_webauthn": Row("nnnnnnnn", "nnnnnnnn"),
    "change-password": Row("L.......", "L......."),
    "usersessions_list": Row("L.......", "L>>>>>>>"),
    "end-sessions": Row("Looooooo", "LLLLLLLL"),
    "mfa_index": Row("L.......", "Looooooo"),
    "mfa_activate_totp": Row("L.......", "L......."),
    "mfa_deactivate_totp": Row("L-------", "L-------"),
    "mfa_view_recovery_codes": Row("L-------", "Looooooo"),
    "mfa_generate_recovery_codes": Row("L.......", "L......."),
    "mfa_download_recovery_codes": Row("L-------", "L-------"),
    "mfa_list_webauthn": Row("L.......", "Looooooo"),
    "mfa_add_webauthn": Row("nnnnnnnn", "nnnnnnnn"),
    "mfa_edit_webauthn": Row("L-------", "L-------", "passkey"),
    "mfa_remove_webauthn": Row("L-------", "L-------", "passkey"),
    "password_reset": Row("........", "........"),
    "invite": Row(">>>>>>>>", ">>>>>>>>", "invitation"),
    "reset": Row(">>>>>>>>", ">>>>>>>>", "invitation"),
    "answer": Row("........", "ffffffff", "link"),
    "answers": Row("........", "........", "sheet"),
    "stop": Row("........", "........", "stop"),
    "snooze": Row("........", "ffffffff", "snooze"),
    "preferences": Row("L.......", "Lfffffff"),
    "make-calendar": Row("Looooooo", "L......."),
    "revoke-calendar": Row("Looooooo", "L>>>>>>>"),
    "calendar": Row("........", "oooooooo", "calendar"),
    "snooze-forecast": Row("Looooooo", "L->>>>>>", "forecast"),
    "unmute": Row("Looooooo", "L->>>>>>", "forecast"),
    "inbox": Row("........", "........"),
    "inbox-message": Row("--------", "--------", "key"),
    "inbox-html": Row("--------", "--------", "key"),
}

API = {
    "v1:article-list": Row("u.......", "uooooooo"),
    "v1:article-detail": Row("u-......", "uooooooo", "article"),
    "v1:source-list": Row("u.......", "uooooooo"),
    "v1:source-detail": Row("u-......", "uooooooo", "source"),
    "v1:statement-list": Row("u.......", "uooooooo"),
    "v1:statement-detail": Row("u-......", "uooooooo", "statement"),
    "v1:scenario-list": Row("u.......", "uooooooo"),
    "v1:scenario-detail": Row("u-......", "uooooooo", "slug"),
    "v1:forecast-list": Row("u.......", "uooooooo"),
    "v1:forecast-detail": Row("u-......", "uooooooo", "forecast"),
    "v1:forecast-consensus": Row("u-......", "uooooooo", "forecast"),
    "v1:forecast-scores": Row("u-......", "uooooooo", "forecast"),
    "v1:history-svg": Row("u-......", "uooooooo", "forecast"),
    "v1:history-png": Row("u-......", "uooooooo", "forecast"),
    "v1:history-vl-json": Row("u-......", "uooooooo", "forecast"),
    "v1:estimate-list": Row("u.......", "ummmmmmm"),
    "v1:estimate-detail": Row("u-......", "uooooooo", "estimate"),
    "v1:resolution-list": Row("u.......", "ummmmmmm"),
    "v1:resolution-detail": Row("u-......", "uooooooo", "resolved"),
    "v1:feeds": Row("u.......", "uooooooo"),
    "v1:vintage-list": Row("u.......", "uooooooo"),
    "v1:vintage-detail": Row("u.......", "uooooooo", "vintage"),
    "v1:spec-list": Row("u.......", "uooooooo"),
    "v1:spec-detail": Row("u-......", "uooooooo", "spec"),
    "v1:count-list": Row("u.......", "uooooooo"),
    "v1:count-detail": Row("u-......", "uooooooo", "count"),
    "v1:calibration": Row("u.......", "uooooooo"),
    "v1:calibration-csv": Row("u.......", "uooooooo"),
    "v1:calibration-svg": Row("u.......", "uooooooo"),
    "v1:calibration-png": Row("u.......", "uooooooo"),
    "v1:calibration-vl-json": Row("u.......", "uooooooo"),
    "v1:attribution": Row("ubbbbbbb", "uooooooo"),
    "v1:comparison": Row("ubbbbbbb", "uooooooo"),
    "v1:tokens": Row("uooooooo", "uaaaaaaa"),
    "v1:schema": Row("u.......", "uooooooo"),
    "v1:documentation": Row("L.......", "Looooooo"),
    r"api/^(?:[\s\S]*)$": Row("--------", "--------", "rest"),
}

TABLE: dict[str, Row] = {**ADMIN, **PAGES, **API}
