"""The vendor's SDK keeps entities in the engine."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from videogen import VideoGen

pytestmark = pytest.mark.xdist_group("one-film")


def test_the_vendors_client_makes_shows_changes_and_archives_an_entity(vendor: VideoGen) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (32, 32), (10, 120, 200)).save(picture, "PNG")
    file_id = vendor.upload_file(picture.getvalue(), display_name="bottle.png", poll_interval_ms=200)["file_id"]
    made = vendor.entities.create_entity(entity_type="PRODUCT", name="Bottle", description="blue")
    entity_id = made["entity_id"]
    shown = vendor.entities.add_entity_reference(entity_id=entity_id, file_id=file_id, is_default=True)
    assert shown["references"] == [{"file_id": file_id, "description": "", "is_default": True}]
    changed = vendor.entities.update_entity(entity_id=entity_id, name="Flask")
    assert (changed["name"], changed["description"]) == ("Flask", "blue")
    assert vendor.entities.get_entity(entity_id=entity_id) == changed
    assert vendor.entities.list_entities(entity_type="PRODUCT")["entities"] == [changed]
    styles = vendor.entities.list_entities(entity_type="VISUAL_STYLE")["entities"]
    assert {style["is_built_in"] for style in styles} == {True}
    assert vendor.entities.remove_entity_reference(entity_id=entity_id, file_id=file_id)["references"] == []
    assert vendor.entities.archive_entity(entity_id=entity_id) == {"entity_id": entity_id, "archived": True}
    assert vendor.entities.list_entities(entity_type="PRODUCT")["entities"] == []
