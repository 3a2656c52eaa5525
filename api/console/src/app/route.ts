import { useSyncExternalStore } from "react";

/** The pages, by the first part of the address. */
export const PAGES = [
  "queue",
  "desk",
  "issues",
  "reviews",
  "escalations",
  "notices",
  "devices",
  "device-events",
  "gateways",
] as const;
export type Page = (typeof PAGES)[number];

export interface Route {
  page: Page | null;
  /** The issue of `/issues/12`. */
  number: number | null;
}

export function parse(path: string): Route {
  const [first = "", second] = path.split("/").filter(Boolean);
  const page = PAGES.find((known) => known === first) ?? null;
  const number = second && /^\d{1,9}$/.test(second) ? Number(second) : null;
  return { page, number };
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
