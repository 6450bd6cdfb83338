"""The templates of mails, with their blocks filled in once, and not again for each of thousands of mails."""

from collections.abc import Mapping
from copy import copy
from functools import lru_cache
from typing import cast

from django.template import Context, Template, loader
from django.template.backends.django import Template as Found
from django.template.base import FilterExpression, NodeList
from django.template.loader_tags import BlockNode, ExtendsNode


@lru_cache(maxsize=64)
def template(name: str) -> Template:
    """The mail template of this name. It renders what Django's own would, and extends no other any more."""
    found = copy(_found(f"forecasts/mail/{name}"))
    found.nodelist = _filled(found.nodelist, {})
    return found


def _found(path: str) -> Template:
    found = loader.get_template(path)
    assert isinstance(found, Found)  # noqa: S101 - the one engine of the settings
    return found.template


def _filled(nodes: NodeList, blocks: Mapping[str, BlockNode]) -> NodeList:
    """These nodes, or those of what they extend, with the nodes of each block in its place. The lowest block counts."""
    filled = NodeList()
    for node in nodes:
        if isinstance(node, ExtendsNode):
            parent = cast("FilterExpression", node.parent_name).resolve(Context())
            return _filled(_found(parent).nodelist, {**node.blocks, **blocks})
        if isinstance(node, BlockNode):
            filled += _filled(blocks.get(node.name, node).nodelist, blocks)
        else:
            filled.append(node)
    return filled
