"""A few accounts, deals and visits for reports, each with only what a test is about."""

from datetime import date
from typing import Any

from planner.model.accounts import Account, AccountKind, Activity, Opportunity, Rep, Tier, VisitOutcome
from planner.model.places import PostalAddress
from planner.model.tracking import SupportKind, Visit
from planner.model.week import VisitKind


def account(number: int, **more: Any) -> Account:
    """A prospect of Ada in Altoona, known to the CRM as a1, a2 and so on."""
    address = PostalAddress("1 Main St", more.pop("city", "Altoona"), "PA", more.pop("postcode", "16601"))
    usual: dict[str, Any] = {"name": f"Account {number}", "kind": AccountKind.PROSPECT, "owner": "Ada", "tier": Tier.B}
    return Account(id=number, crm_id=f"a{number}", address=address, **(usual | more))


def deal(number: int, stage: str, dollars: int = 100, **more: Any) -> Opportunity:
    """A deal of Ada's on the account of the same number, known as d1, d2 and so on."""
    usual: dict[str, Any] = {"account_crm_id": f"a{number}", "probability": 0.5, "close_date": None, "owner": "Ada"}
    usual |= {"name": f"Deal {number}", "closed": stage.startswith("Closed"), "crm_id": f"d{number}"}
    return Opportunity(stage=stage, amount_cents=100 * dollars, **(usual | more))


def visit(number: int, day: date, account_id: int | None = None, **more: Any) -> Visit:
    """A visit to capture an account at which somebody was met."""
    usual: dict[str, Any] = {"outcome": VisitOutcome.MET, "kind": VisitKind.CAPTURE}
    return Visit(id=number, account_id=account_id, day=day, **(usual | more))


def helped(number: int, day: date, support: SupportKind, rep: str = "Ada", **more: Any) -> Visit:
    """Help for a rep at no account."""
    return visit(number, day, more.pop("account_id", None), kind=VisitKind.SUPPORT, support=support, rep=rep, **more)


def activity(number: int, day: date, kind: str = "Call", **more: Any) -> Activity:
    """Something Ada did at account 1, as the CRM knows it."""
    usual: dict[str, Any] = {"owner": "Ada", "status": "Completed", "account_id": 1}
    return Activity(id=number, crm_id=f"t{number}", kind=kind, day=day, **(usual | more))


def rep(name: str = "Ada", quota_dollars: int = 1_000) -> Rep:
    """A rep with a monthly quota."""
    return Rep(name, "Account Executive", quota_cents=100 * quota_dollars)
