"""Read and change settings."""

import os
from locale import getlocale

from planner.model.changes import Changes
from planner.model.writing import Writing, locale_of_system, system_has_twelve_hours
from planner.planning.robustness import Variation
from planner.planning.value import Weights
from planner.settings import Kind, Settings, setting
from planner.store.settings import read_settings, write_setting
from planner.usecases.packs import in_sample
from planner.usecases.workspace import Workspace
from planner.values import fields


def get_settings(workspace: Workspace) -> Settings:
    """The settings in use: the user's over the defaults, with the home and office of the sample while that is in use."""
    sample = in_sample(workspace)
    with workspace.reading() as db:
        return read_settings(db, sample=sample)


def set_setting(workspace: Workspace, key: str, value: str) -> Changes:
    """Change one setting; raises UserProblem when the key is unknown or the value cannot be."""
    sample = in_sample(workspace)
    of_sample = sample and setting(key).kind is Kind.ADDRESS
    changes = Changes(f"Change {setting(key).label}", settings=True)
    with workspace.writing(changes.label, sample=sample) as db:
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


def writing_of(settings: Settings) -> Writing:
    """How dates, times and numbers are written, as the user has set it."""
    chosen, hours, system = settings.text("formats"), settings.text("clock"), (os.environ, getlocale()[0] or "")
    locale = locale_of_system(*system) if chosen == "system" else chosen
    return Writing(locale, system_has_twelve_hours(*system) if hours == "system" else hours == "12 hours")


def writing_in(workspace: Workspace) -> Writing:
    """How dates, times and numbers are written by the settings in use."""
    return writing_of(get_settings(workspace))
