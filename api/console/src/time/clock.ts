import { useSyncExternalStore } from "react";

/** The site's clock: where it stood when we were last told, and how fast it runs in a demonstration. */
interface Clock {
  now: number;
  speed: number;
  /** performance.now() when we were told. */
  told: number;
  zone: string;
}

let clock: Clock = { now: Date.now(), speed: 1, told: performance.now(), zone: "Asia/Shanghai" };
const listeners = new Set<() => void>();
let second = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Set the clock by what the server said just now. */
export function setClock(said: { now: string; speed: number }, zone = clock.zone): void {
  clock = { now: Date.parse(said.now), speed: said.speed, told: performance.now(), zone };
  beat();
}

/** Return the site's present moment in Unix milliseconds. */
export function siteNow(): number {
  return clock.now + (performance.now() - clock.told) * clock.speed;
}

/** Whole seconds of this room that so many milliseconds of the site's clock last; never below 0. */
export function realSeconds(milliseconds: number): number {
  return Math.max(0, Math.ceil(milliseconds / 1000 / clock.speed));
}

export function siteZone(): string {
  return clock.zone;
}

function beat(): void {
  second = Math.floor(siteNow() / 1000) * 1000;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(beat, 1000);
  if (listeners.size === 1) beat();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The site's present second; whoever uses it is drawn again each second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => second);
}
