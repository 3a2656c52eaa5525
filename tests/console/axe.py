"""What a machine can say of whether everybody can use a page (WCAG 2.2 AA).

The script of axe-core comes with the console's own packages and is read into the page.
"""

from typing import Any

from playwright.sync_api import Page

from tests.console.conftest import ROOT

_AXE = ROOT / "api/console/node_modules/axe-core/axe.min.js"
#: What the standard asks on levels A and AA, up to 2.2.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SERIOUS = {"serious", "critical"}


def violations(page: Page) -> list[str]:
    """Return what axe calls serious on the present page, with the elements it means."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        """async (tags) => (await axe.run(document, {
            runOnly: { type: "tag", values: tags }, resultTypes: ["violations"],
        })).violations.map((one) => ({
            id: one.id, impact: one.impact,
            where: one.nodes.slice(0, 3).map((node) => node.target.join(" ")),
        }))""",
        RULES,
    )
    return [f"{one['id']} at {one['where']}" for one in found if one["impact"] in SERIOUS]


def moving(page: Page) -> list[str]:
    """Return what moves on a page though its reader asked for less motion."""
    found: list[str] = page.evaluate(
        """() => document.getAnimations()
            .filter((one) => one.playState === "running" && one.effect.getTiming().duration > 0)
            .map((one) => `motion at ${one.effect.target?.className}`)"""
    )
    return found


def unseen_focus(page: Page) -> list[str]:
    """Return which of the first stops of the Tab key does not show that it has the focus."""
    unseen = []
    for _ in range(4):
        page.keyboard.press("Tab")
        said: str | None = page.evaluate(
            """() => {
                const at = document.activeElement;
                if (!at || at === document.body) return null;
                const style = getComputedStyle(at);
                const seen = parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none";
                if (seen || style.boxShadow !== "none") return null;
                return `no focus at ${at.outerHTML.slice(0, 90)}`;
            }"""
        )
        unseen += [said] if said else []
    return unseen
