"""Read and change settings."""

from planner.model.changes import Changes
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
    with workspace.writing() as db:
        write_setting(db, key, value, sample=of_sample)
    return Changes(f"Change {setting(key).label}", settings=True)


def weights_of(settings: Settings) -> Weights:
    """The weights of a visit's value, as the user has set them."""
    return Weights(
        overdue=settings.number("weight_overdue"),
        potential=settings.number("weight_potential"),
        close_date=settings.number("weight_close_date"),
        tier=settings.number("weight_tier"),
    )
