"""A client for the REST API of DinOrleans, on Python's standard library alone.

    from dinorleans import DinOrleans, event

    shop = DinOrleans("http://localhost:5000", key="dok_...")
    ranking = shop.rank("user-7", ["item-1", "item-2", "item-3"])
    shop.append_events([event("user-7", ranking["items"][0]["itemId"], "click", ranking_id=ranking["rankingId"])])

Every call returns the JSON of the answer as dictionaries and lists, whose members the classes below name, and raises DinOrleansError where the
server refuses it or does not answer. A call is sent again after 429 and 503, which say that nothing was applied, and after a lost connection or a
late answer where it may be applied twice without harm.
"""

from __future__ import annotations

import email.utils
import http.client
import json
import random
import ssl
import threading
import time
import urllib.parse
import uuid
from datetime import datetime, timezone
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, TypedDict, Union

__version__ = "1.0.0"
__all__ = ["DinOrleans", "DinOrleansError", "event"]

_MOST_PER_REQUEST = 1_000
_JITTER = 0.2
_JSON = "application/json"

FeatureValue = Union[str, int, float]
"""The value of a feature: text of up to 200 characters, or a finite number."""


class Violation(TypedDict):
    """A rule that a request broke: the path of the field, for example ``events[3].timestamp``, and the rule in words."""

    field: str
    rule: str


class ModelReference(TypedDict, total=False):
    """The version that scored. ``variant`` is the arm that answered, "champion" for the active version."""

    version: str
    variant: str
    experiment: str
    scoresAreProbabilities: bool


class Attention(TypedDict):
    """The weight of one behaviour for one item."""

    itemId: str
    timestamp: str
    weight: float


class RankedItem(TypedDict, total=False):
    """One ranked item: its score, 0 to 1, and the score of each task. ``attention`` is there where the request asked for it."""

    itemId: str
    score: float
    scores: Dict[str, float]
    unknownItem: bool
    attention: List[Attention]


class Ranking(TypedDict, total=False):
    """Candidates in descending order of score. ``source`` is "model", or "popularity" before any version is active, when ``model`` is left out."""

    rankingId: str
    model: ModelReference
    source: str
    historyLength: int
    unavailableItems: List[str]
    items: List[RankedItem]


class _RequiredEvent(TypedDict):
    eventId: str
    userId: str
    itemId: str
    type: str
    timestamp: str


class Event(_RequiredEvent, total=False):
    """Something that a user did with an item. ``timestamp`` is RFC 3339 with an offset, from the year 2000 to 5 minutes ahead."""

    rankingId: str
    context: Mapping[str, FeatureValue]


class AppendedEvents(TypedDict):
    """How many events were applied, how many had been applied before, and how many were dropped because their user was erased since."""

    accepted: int
    duplicates: int
    erased: int


class _RequiredItem(TypedDict):
    itemId: str


class Item(_RequiredItem, total=False):
    """An item of the catalogue. Rankings leave it out where ``available`` is false, before ``availableFrom``, and from ``availableUntil`` on."""

    features: Mapping[str, FeatureValue]
    available: bool
    availableFrom: str
    availableUntil: str


class FoundItems(TypedDict, total=False):
    """A page of items. ``next`` is left out on the last page; ``countedAt`` says when behaviours were counted for the order "popular"."""

    items: List[Dict[str, Any]]
    next: str
    countedAt: str


class ItemDay(TypedDict):
    """The number of events on an item by their type. ``day`` is that of UTC as "2026-05-01", by the events' own times."""

    day: str
    events: Dict[str, int]


class ItemDays(TypedDict):
    """The days on which an item had events, in their order."""

    itemId: str
    days: List[ItemDay]


class FoundUsers(TypedDict, total=False):
    """A page of user ids. ``next`` is left out on the last page."""

    users: List[str]
    next: str


class UserPage(TypedDict, total=False):
    """One page of everything that is held about a user. All behaviours come first, then all rankings. ``next`` is left out on the last page."""

    userId: str
    features: Dict[str, str]
    behaviours: List[Event]
    rankings: List[Dict[str, Any]]
    next: str


class NewKey(TypedDict):
    """A key that was made. The server shows ``key`` only here, and keeps what ``info`` has."""

    key: str
    info: Dict[str, Any]


class DinOrleansError(Exception):
    """A call that was refused, was not answered in time, or was answered with something else than the API's answers.

    status       The status code of the last answer; None where there was none.
    detail       What went wrong in words; None where the server did not say.
    errors       The rules that the request broke, each with "field" and "rule". It is empty where the request is not to blame.
    retry_after  The seconds after which the same request may succeed; None where the server named none.
    """

    def __init__(
        self,
        message: str,
        status: Optional[int] = None,
        detail: Optional[str] = None,
        errors: Sequence[Violation] = (),
        retry_after: Optional[float] = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.detail = detail
        self.errors: List[Violation] = list(errors)
        self.retry_after = retry_after


def event(
    user_id: str,
    item_id: str,
    type: str,
    *,
    timestamp: Optional[datetime] = None,
    event_id: Optional[str] = None,
    ranking_id: Optional[str] = None,
    context: Optional[Mapping[str, FeatureValue]] = None,
) -> Event:
    """Makes an event with an id of its own, so that sending it again does not apply it twice.

    timestamp   When it happened, with a time zone. The current time where it is left out.
    event_id    The id, 1 to 200 characters. It is applied once per user. A random one is drawn where it is left out.
    ranking_id  The ranking that showed the item.
    context     The values of context features by name.
    """
    when = timestamp or datetime.now(timezone.utc)
    if when.tzinfo is None:
        raise ValueError("timestamp must have a time zone")
    made: Event = {
        "eventId": event_id or uuid.uuid4().hex,
        "userId": user_id,
        "itemId": item_id,
        "type": type,
        "timestamp": when.isoformat(),
    }
    if ranking_id is not None:
        made["rankingId"] = ranking_id
    if context is not None:
        made["context"] = context
    return made


class DinOrleans:
    """The REST API of a DinOrleans server. An object may be shared between threads; each thread has a connection of its own.

    address      The address of the gateway, for example "http://localhost:5000". A path in it is kept.
    key          The API key or token that is sent with each request; None where the server asks for none.
    timeout      The longest time in seconds to wait for the server at a time: to connect, and for each part of an answer.
    patience     The seconds for which a call is sent again before it fails. 0 never sends again.
    retry_after  The seconds to wait before a request is sent again where the server does not name a time.
    ssl_context  What is trusted over https; None for what the system trusts.
    """

    def __init__(
        self,
        address: str,
        key: Optional[str] = None,
        *,
        timeout: float = 10.0,
        patience: float = 30.0,
        retry_after: float = 0.25,
        ssl_context: Optional[ssl.SSLContext] = None,
    ) -> None:
        parts = urllib.parse.urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("address must be an absolute http or https address")
        if timeout <= 0 or patience < 0 or retry_after <= 0:
            raise ValueError("timeout and retry_after must be above 0, and patience must be at least 0")
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port
        self._base = parts.path.rstrip("/")
        self._key = key
        self._timeout = timeout
        self._patience = patience
        self._retry_after = retry_after
        self._ssl = ssl_context
        self._connections = threading.local()
        self._clock = time.monotonic
        self._sleep = time.sleep

    # Rankings and events

    def rank(
        self,
        user_id: str,
        candidates: Iterable[str],
        *,
        context: Optional[Mapping[str, FeatureValue]] = None,
        limit: Optional[int] = None,
        explain: bool = False,
        background: bool = False,
        deadline: Optional[float] = None,
    ) -> Ranking:
        """Ranks 1 to 1,000 items for a user. Needs the scope "rank".

        context     The values of the schema's context features by name.
        limit       How many of the best items to return; all where it is left out.
        explain     True to also return the attention weight of each behaviour for each item.
        background  True for bulk scoring: other rankings go first.
        deadline    The seconds for which the ranking is of use, 0.001 to 60. The server gives up then, and the request is not sent again after it.
        """
        body: Dict[str, Any] = {"userId": user_id, "candidates": [{"itemId": item} for item in candidates], "explain": explain, "background": background}
        _put(body, context=context, limit=limit)
        return self._send("POST", "/v1/rank", body, deadline=deadline)

    def append_events(self, events: Iterable[Event]) -> AppendedEvents:
        """Appends events of any users, and returns after they are on disk. Needs the scope "events".

        Events go in requests of 1,000. If any event of a request breaks a rule, none of that request is applied. An event id is applied once per
        user, so that the call may be repeated with the same events.
        """
        total: AppendedEvents = {"accepted": 0, "duplicates": 0, "erased": 0}
        for part in _chunks(events):
            done = self._send("POST", "/v1/events", {"events": part})
            total = {
                "accepted": total["accepted"] + done["accepted"],
                "duplicates": total["duplicates"] + done["duplicates"],
                "erased": total["erased"] + done["erased"],
            }
        return total

    # Items: the scope "catalogue"

    def put_items(self, items: Iterable[Item]) -> int:
        """Adds or replaces items in requests of 1,000, of which all are applied or none. Returns how many were written."""
        return sum(self._send("PUT", "/v1/items", {"items": part})["accepted"] for part in _chunks(items))

    def put_item_lines(self, items: Iterable[Item]) -> int:
        """Adds or replaces any number of items in one request. A batch of 1,000 lines with one that breaks a rule is left out as a whole.

        The error then names each bad line, and the other batches were written. Returns how many items were written.
        """
        lines = b"".join(_encode(item) + b"\n" for item in items)
        return self._send("PUT", "/v1/items", lines, content_type="application/x-ndjson")["accepted"]

    def get_item(self, item_id: str) -> Item:
        """Returns an item as the catalogue has it. The error has the status 404 where it does not have it."""
        return self._send("GET", "/v1/items/" + _segment(item_id))

    def find_items(
        self,
        *,
        prefix: Optional[str] = None,
        feature: Optional[str] = None,
        value: Optional[str] = None,
        order: Optional[str] = None,
        ids: Sequence[str] = (),
        limit: Optional[int] = None,
        after: Optional[str] = None,
    ) -> FoundItems:
        """Finds items by the beginning of their ids, by the value of a feature, by popularity (order "popular"), or by up to 100 ids.

        limit  Items on the page, 1 to 100; 20 where it is left out.
        after  The "next" of the page before.
        """
        return self._send("GET", _query("/v1/items", prefix=prefix, feature=feature, value=value, order=order, id=ids, limit=limit, after=after))

    def similar_items(self, item_id: str, limit: Optional[int] = None) -> Dict[str, Any]:
        """Returns the items whose embeddings in the active version are most similar: 1 to 100, or 20 where ``limit`` is left out."""
        return self._send("GET", _query(f"/v1/items/{_segment(item_id)}/similar", limit=limit))

    def item_days(self, item_id: str, days: Optional[int] = None) -> ItemDays:
        """Returns how many events of each type an item had per day.

        days  How many days to look back from the item's latest day with events, 1 to 366; 90 where it is left out.
        """
        return self._send("GET", _query(f"/v1/items/{_segment(item_id)}/days", days=days))

    def delete_item(self, item_id: str) -> None:
        """Removes an item. The call may be repeated."""
        self._send("DELETE", "/v1/items/" + _segment(item_id))

    # Users

    def put_user(self, user_id: str, features: Mapping[str, FeatureValue]) -> None:
        """Replaces the features of a user's profile. Needs the scope "events"."""
        self._send("PUT", "/v1/users/" + _segment(user_id), {"features": features})

    def read_user(self, user_id: str, page_size: int = 1_000) -> Iterator[UserPage]:
        """Reads everything that is held about a user, page by page. Needs the scope "users.read".

        page_size  Behaviours and rankings of a page at most, 1 to 1,000.
        """
        after: Optional[str] = None
        while True:
            page: UserPage = self._send("GET", _query("/v1/users/" + _segment(user_id), limit=page_size, after=after))
            yield page
            after = page.get("next")
            if after is None:
                return

    def recent_user(self, user_id: str, limit: Optional[int] = None) -> UserPage:
        """Returns a user's profile with the latest behaviours and rankings, newest first: up to ``limit`` of each, 1 to 100. Needs "users.read"."""
        return self._send("GET", _query(f"/v1/users/{_segment(user_id)}/recent", limit=limit))

    def find_users(
        self, *, prefix: Optional[str] = None, random: bool = False, limit: Optional[int] = None, after: Optional[str] = None
    ) -> FoundUsers:
        """Finds users who have events or a profile by the beginning of their ids, or from a random place on. Needs "users.read"."""
        return self._send("GET", _query("/v1/users", prefix=prefix, random="true" if random else None, limit=limit, after=after))

    def erase_user(self, user_id: str) -> None:
        """Erases a user everywhere. The call may be repeated. Needs the scope "users.erase"."""
        self._send("DELETE", "/v1/users/" + _segment(user_id))

    # Models: the scope "models"

    def models(self) -> Dict[str, Any]:
        """Returns the versions, and which silo serves which."""
        return self._send("GET", "/v1/models")

    def model(self, version: str) -> Dict[str, Any]:
        """Returns how a published version was made: its options, its data, and the version whose weights it started from."""
        return self._send("GET", "/v1/models/" + _segment(version))

    def upload_model(self, version: str, tar: bytes) -> None:
        """Puts a version into the artifact store. ``tar`` is a tar of its files. It is kept only if every file is as the manifest says."""
        self._send("PUT", "/v1/models/" + _segment(version), tar, content_type="application/x-tar")

    def publish_model(self, version: str, roll_out: bool = True) -> Dict[str, Any]:
        """Publishes a version that lies in the artifact store. Where ``roll_out`` is False, it is recorded for an experiment to name it."""
        return self._send("POST", "/v1/models", {"version": version, "rollOut": roll_out})

    def activate_model(self, version: str) -> Dict[str, Any]:
        """Makes a known version the one to serve, for example to go back to an earlier one."""
        return self._send("POST", f"/v1/models/{_segment(version)}/activate", {})

    # Experiments: the scope "experiments"

    def experiments(self) -> List[Dict[str, Any]]:
        """Returns all experiments with what was measured of each arm, newest first."""
        return self._send("GET", "/v1/experiments")["experiments"]

    def experiment(self, name: str) -> Dict[str, Any]:
        """Returns one experiment with what was measured of each arm."""
        return self._send("GET", "/v1/experiments/" + _segment(name))

    def start_experiment(self, name: str, plan: Mapping[str, Any]) -> Dict[str, Any]:
        """Starts an experiment. Repeating the same call changes nothing. docs/experiments.md describes the members of a plan."""
        return self._send("PUT", "/v1/experiments/" + _segment(name), plan)

    def promote_experiment(self, name: str, arm: Optional[str] = None) -> Dict[str, Any]:
        """Ends a running experiment by making an arm's version the active one. ``arm`` may be left out where there is only one."""
        body: Dict[str, Any] = {}
        _put(body, arm=arm)
        return self._send("POST", f"/v1/experiments/{_segment(name)}/promote", body)

    def stop_experiment(self, name: str) -> Dict[str, Any]:
        """Ends a running experiment. All users are the active version's."""
        return self._send("POST", f"/v1/experiments/{_segment(name)}/stop", {})

    def delete_experiment(self, name: str) -> None:
        """Forgets an experiment that has ended."""
        self._send("DELETE", "/v1/experiments/" + _segment(name))

    # Trainings: the scope "training"

    def trainings(self, limit: int = 20, after: Optional[str] = None) -> Dict[str, Any]:
        """Returns a page of trainings, newest first: 1 to 100, and ``after`` the "next" of the page before."""
        return self._send("GET", _query("/v1/trainings", limit=limit, after=after))

    def training(self, id: str) -> Dict[str, Any]:
        """Returns one training: its progress, its curve, its gates and what came of it."""
        return self._send("GET", "/v1/trainings/" + _segment(id))

    def start_training(self, reason: Optional[str] = None, fresh_weights: bool = False) -> Dict[str, Any]:
        """Asks for a training from the log. The call is not sent again after a lost connection."""
        body: Dict[str, Any] = {"freshWeights": fresh_weights}
        _put(body, reason=reason)
        return self._send("POST", "/v1/trainings", body, idempotent=False)

    # Keys and the system: the scope "admin", or any key for the schema and the overview

    def keys(self) -> List[Dict[str, Any]]:
        """Returns all keys without their secrets, newest first."""
        return self._send("GET", "/v1/keys")["keys"]

    def make_key(self, note: str, scopes: Sequence[str], expires_at: Optional[datetime] = None) -> NewKey:
        """Makes a key. The call is not sent again after a lost connection."""
        body: Dict[str, Any] = {"note": note, "scopes": list(scopes)}
        _put(body, expiresAt=expires_at.isoformat() if expires_at else None)
        return self._send("POST", "/v1/keys", body, idempotent=False)

    def revoke_key(self, id: str) -> None:
        """Ends a key for good. Every gateway refuses it within 10 seconds."""
        self._send("DELETE", "/v1/keys/" + _segment(id))

    def schema(self) -> Dict[str, Any]:
        """Returns the event types and features that requests may name."""
        return self._send("GET", "/v1/schema")

    def overview(self) -> Dict[str, Any]:
        """Returns what the gateway and the cluster do now."""
        return self._send("GET", "/v1/overview")

    def cluster(self) -> Dict[str, Any]:
        """Returns what each silo does now."""
        return self._send("GET", "/v1/cluster")

    def settings(self) -> Dict[str, Any]:
        """Returns the settings of the process that answers, without secrets."""
        return self._send("GET", "/v1/settings")

    def health(self, probe: str = "ready") -> Dict[str, Any]:
        """Asks a probe: "startup", "live" or "ready". No key is sent."""
        return self._send("GET", "/health/" + _segment(probe), authorized=False)

    def close(self) -> None:
        """Closes the connection of the calling thread."""
        connection = getattr(self._connections, "current", None)
        if connection is not None:
            connection.close()
            self._connections.current = None

    # Sending

    def _send(
        self,
        method: str,
        path: str,
        body: Union[None, bytes, Mapping[str, Any]] = None,
        *,
        content_type: str = _JSON,
        idempotent: bool = True,
        authorized: bool = True,
        deadline: Optional[float] = None,
    ) -> Any:
        content = body if body is None or isinstance(body, bytes) else _encode(body)
        headers = {"Accept": _JSON}
        if content is not None:
            headers["Content-Type"] = content_type
        if self._key is not None and authorized:
            headers["Authorization"] = "Bearer " + self._key
        start = self._clock()
        patience = self._patience if deadline is None else min(deadline, self._patience)
        while True:
            left = None if deadline is None else deadline - (self._clock() - start)
            try:
                return self._try(method, path, content, headers, idempotent, left)
            except _Failure as failure:
                # A little more than was asked for, and not the same for all, so that callers do not come back together.
                wait = None if failure.wait is None else failure.wait * (1 + random.random() * _JITTER)
                if wait is None or self._clock() - start + wait > patience:
                    raise failure.error from failure.__cause__
                self._sleep(wait)

    def _try(
        self, method: str, path: str, content: Optional[bytes], headers: Mapping[str, str], idempotent: bool, left: Optional[float]
    ) -> Any:
        what = f"{method} {path.split('?')[0]}"
        sent = dict(headers)
        timeout = self._timeout
        if left is not None:
            sent["X-Deadline-Ms"] = str(max(1, int(left * 1000)))
            timeout = max(0.001, min(timeout, left))
        try:
            response, data = self._exchange(method, self._base + path, content, sent, timeout, idempotent)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            reason = "it was not answered in time" if isinstance(error, TimeoutError) else str(error) or type(error).__name__
            raise _Failure(DinOrleansError(f"{what}: {reason}"), self._retry_after if idempotent else None) from error
        if 200 <= response.status < 300:
            return _parse(what, response.status, data) if data else None
        failure = _refusal(what, response, data)
        again = response.status in (429, 503)
        raise _Failure(failure, (failure.retry_after or self._retry_after) if again else None)

    def _exchange(
        self, method: str, path: str, content: Optional[bytes], headers: Mapping[str, str], timeout: float, reuse: bool
    ) -> "tuple[http.client.HTTPResponse, bytes]":
        # The server may have closed a connection that was idle. A call that must not be sent twice takes a new one.
        connection = getattr(self._connections, "current", None) if reuse else None
        if connection is None:
            self.close()
            connection = self._connect()
            self._connections.current = connection
        connection.timeout = timeout
        if connection.sock is not None:
            connection.sock.settimeout(timeout)
        connection.request(method, path, body=content, headers=dict(headers))
        response = connection.getresponse()
        return response, response.read()

    def _connect(self) -> http.client.HTTPConnection:
        if self._secure:
            return http.client.HTTPSConnection(self._host, self._port, timeout=self._timeout, context=self._ssl)
        return http.client.HTTPConnection(self._host, self._port, timeout=self._timeout)


class _Failure(Exception):
    """An attempt that failed, and the seconds after which it may be made again; None where that would not help."""

    def __init__(self, error: DinOrleansError, wait: Optional[float]) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait = wait


def _refusal(what: str, response: http.client.HTTPResponse, data: bytes) -> DinOrleansError:
    try:
        problem = json.loads(data)
    except ValueError:
        problem = None
    if not isinstance(problem, dict):
        # A proxy answered with a page of its own.
        problem = {"detail": " ".join(data.decode("utf-8", "replace").split())[:500] or None}
    errors: List[Violation] = problem.get("errors") or []
    detail = problem.get("detail")
    said = "; ".join(([detail] if detail else []) + [f"{e['field']} {e['rule']}" for e in errors[:3]])
    message = f"{what}: {response.status} {response.reason}" + (f", {said}" if said else "")
    return DinOrleansError(message, response.status, detail, errors, _seconds(response.getheader("Retry-After")))


def _seconds(retry_after: Optional[str]) -> Optional[float]:
    if retry_after is None:
        return None
    if retry_after.isdigit():
        return float(retry_after)
    try:
        when = email.utils.parsedate_to_datetime(retry_after)
    except (TypeError, ValueError):
        return None
    return max(0.0, (when - datetime.now(timezone.utc)).total_seconds())


def _parse(what: str, status: int, data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError as error:
        raise DinOrleansError(f"{what}: the answer is not JSON. {error}", status) from error


def _encode(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def _chunks(values: Iterable[Any]) -> Iterator[List[Any]]:
    part: List[Any] = []
    for value in values:
        part.append(value)
        if len(part) == _MOST_PER_REQUEST:
            yield part
            part = []
    if part:
        yield part


def _put(body: Dict[str, Any], **members: Any) -> None:
    body.update({name: value for name, value in members.items() if value is not None})


def _segment(text: str) -> str:
    return urllib.parse.quote(text, safe="")


def _query(path: str, **parameters: Any) -> str:
    pairs = [
        (name, one)
        for name, value in parameters.items()
        if value is not None
        for one in (value if isinstance(value, (list, tuple)) else [value])
    ]
    query = urllib.parse.urlencode(pairs, quote_via=urllib.parse.quote, safe="")
    return f"{path}?{query}" if query else path
