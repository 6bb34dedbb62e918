"""Makes the calls of the recorded session against a server that replays it, and compares what comes back.

Usage: python3 tests/session.py ADDRESS SESSION_FILE
"""

import json
import sys
from pathlib import Path
from typing import Any, Callable

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dinorleans import DinOrleans, DinOrleansError


class Session:
    def __init__(self, address: str, file: str) -> None:
        recorded = json.loads(Path(file).read_text(encoding="utf-8"))
        self.address = address
        self.shop = self.caller(recorded["key"])
        self.serving, self.uploaded = recorded["versions"]
        self._exchanges = {e["name"]: e for e in recorded["exchanges"]}

    def caller(self, key: str) -> DinOrleans:
        return DinOrleans(self.address, key, patience=0)

    def sent(self, name: str) -> Any:
        return self._exchanges[name]["request"]["body"]

    def key_of(self, name: str) -> str:
        return self._exchanges[name]["request"]["headers"]["authorization"].split(" ")[1]

    def same(self, name: str, answer: Any, member: str = "") -> Any:
        recorded = self._exchanges[name]["response"].get("body")
        recorded = recorded[member] if member else recorded
        assert answer == recorded, f"{name}: {answer} is not {recorded}"
        return answer

    def refused(self, name: str, call: Callable[[], Any]) -> None:
        response = self._exchanges[name]["response"]
        try:
            call()
        except DinOrleansError as error:
            body = response["body"]
            assert error.status == response["status"], f"{name}: {error.status}"
            assert error.errors == body["errors"], f"{name}: {error.errors}"
            assert error.detail == body.get("detail"), f"{name}: {error.detail}"
            assert (error.retry_after is not None) == ("retry-after" in response["headers"]), f"{name}: {error.retry_after}"
        else:
            raise AssertionError(f"{name} was not refused")


def run(s: Session) -> None:
    shop = s.shop
    s.same("startup", shop.health("startup"))
    s.same("live", shop.health("live"))
    s.same("ready", shop.health())
    s.same("getSchema", shop.schema())
    s.same("getOverview", shop.overview())
    s.same("getCluster", shop.cluster())
    s.same("getSettings", shop.settings())
    s.same("getModels", shop.models())
    s.same("getModel", shop.model(s.serving))
    s.refused("getModelUnknown", lambda: shop.model("no-such-version"))
    items(s)
    events_and_rankings(s)
    users(s)
    keys(s)
    s.same("uploadModel", shop.upload_model(s.uploaded, b"the bytes of a tar"))
    s.same("publishModel", shop.publish_model(s.uploaded, roll_out=False))
    s.same("activateModel", shop.activate_model(s.serving))
    experiments(s)
    training = s.same("startTraining", shop.start_training("new catalogue"))
    s.same("getTrainings", shop.trainings())
    s.same("getTraining", shop.training(training["id"]))
    s.refused("getTrainingUnknown", lambda: shop.training("nothing"))
    s.same("getItemDays", shop.item_days("item-1", days=30))
    s.same("getItemDaysUnknown", shop.item_days("nothing", days=30))
    s.refused("getItemDaysInvalid", lambda: shop.item_days("item-1", days=367))
    s.same("deleteItem", shop.delete_item("poster-2"))
    hasty = s.same("makeHastyKey", shop.make_key("hasty", ["rank"]))
    s.refused("getSchemaTooOften", s.caller(hasty["key"]).schema)
    s.same("putShadow", shop.start_experiment("newcomer", s.sent("putShadow")))
    s.same("promoteExperiment", shop.promote_experiment("newcomer", "next"))


def items(s: Session) -> None:
    shop = s.shop
    s.same("putItems", shop.put_items(s.sent("putItems")["items"]), "accepted")
    s.same("putItemsAvailability", shop.put_items(s.sent("putItemsAvailability")["items"]), "accepted")
    lines = [json.loads(line) for line in s.sent("putItemLines").splitlines()]
    s.same("putItemLines", shop.put_item_lines(lines), "accepted")
    s.refused("putItemsInvalid", lambda: shop.put_items(s.sent("putItemsInvalid")["items"]))
    s.same("getItem", shop.get_item("poster-1"))
    s.refused("getItemUnknown", lambda: shop.get_item("nothing"))
    s.same("findItems", shop.find_items(prefix="poster-", limit=2))
    s.same("findItemsByFeature", shop.find_items(feature="category", value="category-3", limit=1))
    s.same("findItemsById", shop.find_items(ids=["poster-1", "poster-4"]))
    s.same("getSimilarItems", shop.similar_items("item-1", limit=2))


def events_and_rankings(s: Session) -> None:
    shop = s.shop
    s.same("appendEvents", shop.append_events(s.sent("appendEvents")["events"]))
    s.same("appendEventsAgain", shop.append_events(s.sent("appendEventsAgain")["events"]))
    s.refused("appendEventsInvalid", lambda: shop.append_events(s.sent("appendEventsInvalid")["events"]))
    s.same("putUser", shop.put_user("reader-1", {"age_band": "25-34"}))
    candidates = ["item-4", "item-5", "item-6", "never-seen"]
    s.same("rank", shop.rank("reader-1", candidates, context={"device": "phone"}, limit=3, explain=True, deadline=30))
    s.refused("rankInvalid", lambda: shop.rank("reader-1", ["item-4", "item-4"], limit=0))
    s.refused("rankUnauthorized", lambda: s.caller(s.key_of("rankUnauthorized")).rank("reader-1", ["item-4"]))
    s.same("appendEventsOfRanking", shop.append_events(s.sent("appendEventsOfRanking")["events"]))


def users(s: Session) -> None:
    shop = s.shop
    s.same("getUser", next(shop.read_user("reader-1")))
    s.same("getRecentUser", shop.recent_user("reader-1", limit=2))
    s.same("appendEventsOfGuest", shop.append_events(s.sent("appendEventsOfGuest")["events"]))
    first, last = shop.read_user("guest/7?", page_size=2)
    s.same("getUserPage", first)
    s.same("getUserLastPage", last)
    s.same("findUsers", shop.find_users(prefix="reader-", limit=10))
    s.refused("findUsersInvalid", lambda: shop.find_users(limit=101))
    s.same("eraseUser", shop.erase_user("guest/7?"))


def keys(s: Session) -> None:
    shop = s.shop
    made = s.same("makeKey", shop.make_key("shop front", ["rank", "events"]))
    s.refused("getModelsForbidden", s.caller(made["key"]).models)
    s.same("getKeys", shop.keys(), "keys")
    s.same("revokeKey", shop.revoke_key(made["info"]["id"]))
    s.refused("revokeKeyUnknown", lambda: shop.revoke_key("000000000000"))


def experiments(s: Session) -> None:
    shop = s.shop
    s.same("putExperiment", shop.start_experiment("heat", s.sent("putExperiment")))
    s.refused("putExperimentConflict", lambda: shop.start_experiment("cold", s.sent("putExperimentConflict")))
    s.same("getExperiments", shop.experiments(), "experiments")
    s.same("getExperiment", shop.experiment("heat"))
    s.refused("getExperimentUnknown", lambda: shop.experiment("nothing"))
    s.refused("deleteExperimentRunning", lambda: shop.delete_experiment("heat"))
    s.same("stopExperiment", shop.stop_experiment("heat"))
    s.same("deleteExperiment", shop.delete_experiment("heat"))


if __name__ == "__main__":
    run(Session(sys.argv[1], sys.argv[2]))
