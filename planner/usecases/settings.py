"""Read and change settings."""

from dataclasses import fields

from planner.model.changes import Changes
from planner.planning.robustness import Variation
from planner.planning.value import Weights
from planner.settings import Kind, Settings, setting
from planner.store.settings import read_settings, write_setting
from planner.usecases.packs import active_pack
from planner.usecases.workspace import Workspace


def get_settings(workspace: Workspace) -> Settings:
    """The settings in use: the user's over the defaults, with the home and office of the sample while that is in use."""
    pack = active_pack(workspace)
    with workspace.reading() as db:
        return read_settings(db, sample=bool(pack and pack.sample))


def set_setting(workspace: Workspace, key: str, value: str) -> Changes:
    """Change one setting; raises UserProblem when the key is unknown or the value cannot be."""
    pack = active_pack(workspace)
    of_sample = setting(key).kind is Kind.ADDRESS and pack is not None and pack.sample
    changes = Changes(f"Change {setting(key).label}", settings=True)
    with workspace.writing(changes.label, sample=bool(pack and pack.sample)) as db:
        write_setting(db, key, value, sample=of_sample)
    return changes


def weights_of(settings: Settings) -> Weights:
    """The weights of a visit's value, as the user has set them."""
    return Weights(**{each.name: settings.number(f"weight_{each.name}") for each in fields(Weights)})


def variation_of(settings: Settings) -> Variation:
    """How much drives and visits vary, as the user has set it."""
    return Variation(
        drive=settings.number("vary_drives") / 100, visit=settings.number("vary_visits") / 100, late_s=settings.seconds("late_minutes")
    )
