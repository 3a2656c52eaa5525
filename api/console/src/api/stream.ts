import type { QueryClient } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { setClock, siteNow } from "../time/clock";
import { refreshQueue } from "./queue";

/** A heartbeat comes each 15 s; after this long without one, what is shown may be old. */
const STALE_AFTER = 40_000;
/** No faster than five refetches a second, however many entries arrive. */
const BREATH = 200;

export interface StreamState {
  state: "connecting" | "live" | "stale";
  /** Site moment of the last sign of life. */
  since: number;
  auditorLate: boolean;
  gatewaysLate: readonly string[];
}

/** What does not change by itself, or whose every reading is written down. */
const ONCE: ReadonlySet<unknown> = new Set(["session", "picture"]);

interface ClockEvent {
  now: string;
  speed: number;
  auditor_late?: boolean;
  gateways_late?: string[];
}

interface EntryEvent {
  issue: number | null;
  kind: string;
}

let present: StreamState = { state: "connecting", since: 0, auditorLate: false, gatewaysLate: [] };
const listeners = new Set<() => void>();

function become(change: Partial<StreamState>): void {
  present = { ...present, ...change };
  listeners.forEach((listener) => listener());
}

export function useStreamState(): StreamState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => present,
  );
}

/** What may look otherwise after any entry. */
const LISTS = [
  "issues",
  "escalations",
  "notices",
  "device-events",
  "devices",
  "on-test",
  "plans",
  "storms",
  "reviews",
  "duties",
  "briefings",
];

/**
 * Collects what changed and asks again for it: at once, then at most once a breath.
 *
 * The queue goes first, and only what changed in it: an operator waits for that. The lists follow.
 */
class Nudges {
  private issues = new Set<number | null>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = -BREATH;
  private asking = false;

  constructor(private readonly client: QueryClient) {}

  add(issue: number | null): void {
    this.issues.add(issue);
    this.wait();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.issues.clear();
  }

  /** One answer at a time: a later question's answer never comes before an earlier one's. */
  private wait(): void {
    if (this.asking || this.issues.size === 0) return;
    const left = this.asked + BREATH - performance.now();
    this.timer ??= setTimeout(() => void this.flush(), Math.max(0, left));
  }

  private async flush(): Promise<void> {
    const issues = [...this.issues];
    this.issues.clear();
    this.timer = undefined;
    this.asked = performance.now();
    this.asking = true;
    await this.queue(issues).catch(() => {
      // What could not be read is asked for whole, and that says what is wrong.
      void this.client.invalidateQueries({ queryKey: ["queue"] });
    });
    this.asking = false;
    this.rest(issues);
    this.wait();
  }

  private async queue(issues: readonly (number | null)[]): Promise<void> {
    // Whoever may not read every issue is only told that something moved.
    const known = issues.filter((one) => one !== null);
    if (known.length === issues.length) return refreshQueue(this.client, known);
    void this.client.invalidateQueries({ queryKey: ["queue"] });
  }

  private rest(issues: readonly (number | null)[]): void {
    for (const name of LISTS) void this.client.invalidateQueries({ queryKey: [name] });
    for (const issue of issues) {
      const which = issue === null ? [] : [issue];
      for (const name of ["issue", "journal", "playbook", "following"]) {
        void this.client.invalidateQueries({ queryKey: [name, ...which] });
      }
    }
  }
}

/** Keep the stream open while somebody is logged in; say how fresh it is. */
export function useStream(): void {
  const client = useQueryClient();
  useEffect(() => {
    const nudges = new Nudges(client);
    let source: EventSource | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    let heard = performance.now();
    let broken = false;

    const alive = () => {
      heard = performance.now();
      become({ state: "live", since: siteNow() });
    };
    const open = () => {
      source = new EventSource("/api/v1/stream");
      source.addEventListener("open", () => {
        alive();
        // Whatever happened meanwhile: a stream that had to begin anew cannot tell.
        if (broken)
          void client.invalidateQueries({ predicate: (q) => !ONCE.has(q.queryKey[0]) });
        broken = false;
      });
      source.addEventListener("clock", (event) => {
        const said = JSON.parse(event.data as string) as ClockEvent;
        setClock(said);
        alive();
        become({ auditorLate: said.auditor_late ?? false, gatewaysLate: said.gateways_late ?? [] });
      });
      source.addEventListener("entry", (event) => {
        const { issue, kind } = JSON.parse(event.data as string) as EntryEvent;
        // A look moves nothing: only who reads the journal has news.
        if (kind === "picture_viewed") {
          void client.invalidateQueries({ queryKey: ["journal", issue] });
        } else nudges.add(issue);
      });
      source.addEventListener("error", () => {
        broken = true;
        if (present.state === "live") become({ state: "connecting" });
        if (source?.readyState !== EventSource.CLOSED) return; // it tries again by itself
        again = setTimeout(open, 3000);
        void client.invalidateQueries({ queryKey: ["session"] });
      });
    };
    const watch = setInterval(() => {
      if (performance.now() - heard > STALE_AFTER && present.state !== "stale") {
        become({ state: "stale" });
      }
    }, 1000);

    become({ since: siteNow(), state: "connecting" });
    open();
    return () => {
      clearInterval(watch);
      clearTimeout(again);
      nudges.stop();
      source?.close();
    };
  }, [client]);
}
