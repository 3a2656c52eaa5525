/** The outbox as the page sees it: what waits, how it went, and when it is tried again. */
import { useEffect, useState } from "react";
import * as box from "./box";
import type { Act, Sent } from "./item";
import { open } from "./item";
import type { Ended } from "./sending";
import { flush } from "./sending";

/** A net that came back may not say so. */
const AGAIN = 20_000;
/** So long a word can be taken back. */
export const TAKE_BACK = 5_000;

let running: Promise<Ended> | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let ended: Ended = { why: "done" };
const listeners = new Set<() => void>();

/** Try now; who calls while a round runs is served by one more round. */
export async function send(): Promise<Ended> {
  if (running) {
    await running.catch(() => undefined);
    if (running) return running;
  }
  const before = await box.waiting();
  running = flush();
  try {
    ended = await running;
  } finally {
    running = undefined;
  }
  const sentSome = (await box.waiting()) < before;
  clearTimeout(timer);
  if (ended.why === "later") timer = setTimeout(() => void send(), ended.seconds * 1000);
  listeners.forEach((one) => one());
  if (sentSome) dispatchEvent(new Event("shouwen-sent"));
  return ended;
}

/** Send whenever it may go: at once, when the net is back, when the page is looked at again. */
export function keepSending(): () => void {
  const now = () => void send();
  const looked = () => {
    if (document.visibilityState === "visible") now();
  };
  addEventListener("online", now);
  document.addEventListener("visibilitychange", looked);
  const again = setInterval(now, AGAIN);
  now();
  return () => {
    removeEventListener("online", now);
    document.removeEventListener("visibilitychange", looked);
    clearInterval(again);
  };
}

/** Keep an item and try to send it; true once it is kept. */
export async function put(item: Sent): Promise<void> {
  await box.keep(item);
  const wait = Math.max(0, (item.notBefore ?? 0) - Date.now());
  setTimeout(() => void send(), wait);
  // Where the browser can, the worker sends even after the page was left.
  const worker = (await navigator.serviceWorker?.getRegistration("/m/")) as
    | (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } })
    | undefined;
  await worker?.sync?.register("outbox").catch(() => undefined);
}

export function act(of: string, path: string, body: unknown, label: Act["label"], wait = 0): Act {
  const now = Date.now();
  return { kind: "act", id: newKey(), of, written: now, state: "kept", notBefore: now + wait, path, body, label };
}

export function useOutbox(of: string): { items: readonly Sent[]; waiting: number; ended: Ended } {
  const [items, setItems] = useState<readonly Sent[]>([]);
  const [seen, setSeen] = useState<Ended>(ended);
  useEffect(() => {
    let there = true;
    const look = () => void box.all(of).then((found) => there && setItems(found));
    const note = () => setSeen(ended);
    look();
    const off = box.onChange(look);
    listeners.add(note);
    return () => {
      there = false;
      off();
      listeners.delete(note);
    };
  }, [of]);
  return { items, waiting: items.filter(open).length, ended: seen };
}

/** randomUUID exists in secure contexts only. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
