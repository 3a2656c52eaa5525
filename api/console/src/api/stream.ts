import type { QueryClient } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { setClock, siteNow } from "../time/clock";

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

/** Collects what changed and asks again for it, at most once a breath. */
class Nudges {
  private issues = new Set<number | null>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly client: QueryClient) {}

  add(issue: number | null): void {
    this.issues.add(issue);
    this.timer ??= setTimeout(() => this.flush(), BREATH);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private flush(): void {
    this.timer = undefined;
    for (const name of ["queue", "issues", "escalations", "notices", "device-events", "devices", "on-test", "plans", "storms", "reviews", "duties", "briefings"]) {
      void this.client.invalidateQueries({ queryKey: [name] });
    }
    for (const issue of this.issues) {
      // Whoever may not read every issue is only told that something moved.
      const which = issue === null ? [] : [issue];
      void this.client.invalidateQueries({ queryKey: ["issue", ...which] });
      for (const name of ["journal", "playbook", "following"]) {
        void this.client.invalidateQueries({ queryKey: [name, ...which] });
      }
    }
    this.issues.clear();
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
