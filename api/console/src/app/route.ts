import { useSyncExternalStore } from "react";

/** The pages, by the first part of the address. */
export const PAGES = [
  "queue",
  "storms",
  "handover",
  "desk",
  "issues",
  "today",
  "overview",
  "reviews",
  "customers",
  "feedback",
  "inspections",
  "escalations",
  "duties",
  "pauses",
  "roster",
  "rules",
  "notices",
  "briefings",
  "playbooks",
  "plans",
  "devices",
  "device-events",
  "gateways",
  "messages",
  "walls",
  "administration",
  "months",
  "register",
  "panels",
  "merit",
  "points",
  "units",
  "codes",
] as const;
export type Page = (typeof PAGES)[number];

export interface Route {
  page: Page | null;
  /** The issue of `/issues/12`. */
  number: number | null;
  /** What follows the page: `2026-11` and a cell of `/months/2026-11/all.told.`. */
  parts: readonly string[];
}

export function parse(path: string): Route {
  const [first = "", ...parts] = path.split("/").filter(Boolean).map(plain);
  const second = parts[0];
  const page = PAGES.find((known) => known === first) ?? null;
  const number = second && /^\d{1,9}$/.test(second) ? Number(second) : null;
  return { page, number, parts };
}

/** An address that nobody can decode names no page of ours. */
function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

export function go(path: string, how: "push" | "replace" = "push"): void {
  if (path === location.pathname) return;
  history[how === "push" ? "pushState" : "replaceState"](null, "", path);
  dispatchEvent(new PopStateEvent("popstate"));
}

function subscribe(listener: () => void): () => void {
  addEventListener("popstate", listener);
  return () => removeEventListener("popstate", listener);
}

export function useRoute(): Route {
  return parse(useSyncExternalStore(subscribe, () => location.pathname));
}
