/** The telephone's worker: the page opens without a net, and what waits is sent when one is there. */
import { flush } from "./outbox/sending";

interface Late extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Fetching extends Late {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Syncing extends Late {
  tag: string;
}
interface Pushed extends Late {
  data: { json(): unknown } | null;
}
interface Clicked extends Late {
  notification: { close(): void; data: unknown };
}
interface Worker {
  addEventListener(type: "install" | "activate", run: (event: Late) => void): void;
  addEventListener(type: "fetch", run: (event: Fetching) => void): void;
  addEventListener(type: "sync", run: (event: Syncing) => void): void;
  addEventListener(type: "push", run: (event: Pushed) => void): void;
  addEventListener(type: "notificationclick", run: (event: Clicked) => void): void;
  registration: { showNotification(title: string, options: object): Promise<void> };
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void>; openWindow(url: string): Promise<unknown> };
}
const worker = self as unknown as Worker;

const SHELL = "shouwen-m";
const PAGE = "/m/";
const ALWAYS = ["/mark.svg", "/m/manifest.json", "/m/icon.svg"];

/** Fetch the page and all it names; put the page last, so that it never lacks a part. */
async function refresh(): Promise<void> {
  const answer = await fetch(PAGE, { cache: "no-cache" });
  if (!answer.ok) return;
  const cache = await caches.open(SHELL);
  const text = await answer.clone().text();
  const parts = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((found) => found[1] ?? "");
  const known = (await cache.keys()).map((one) => new URL(one.url).pathname);
  const wanted = [...ALWAYS, ...parts];
  await cache.addAll(wanted.filter((path) => !known.includes(path)));
  await cache.put(PAGE, answer);
  for (const old of known.filter((path) => path !== PAGE && !wanted.includes(path))) {
    await cache.delete(old);
  }
}

async function page(event: Fetching): Promise<Response> {
  const kept = await caches.match(PAGE);
  const fresh = refresh().catch(() => undefined);
  if (!kept) return fetch(event.request);
  event.waitUntil(fresh);
  return kept;
}

async function part(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

worker.addEventListener("install", (event) => {
  event.waitUntil(refresh().then(() => worker.skipWaiting()));
});
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event));
  else if (pathname.startsWith("/assets/") || ALWAYS.includes(pathname)) {
    event.respondWith(part(event.request));
  }
});
worker.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(flush());
});

/** What the centre sends (api/messengers/push.py). */
interface Message {
  title: string;
  body: string;
  url: string;
  tag: string;
  urgent: boolean;
}

worker.addEventListener("push", (event) => {
  const message = event.data?.json() as Message | undefined;
  if (!message) return;
  const { title, body, url, tag, urgent } = message;
  // One notification an issue; what is for a life stays until somebody answers, and is felt.
  const options = {
    body, tag, renotify: true, requireInteraction: urgent, icon: "/m/icon.svg", data: url,
    vibrate: urgent ? [400, 200, 400, 200, 400] : [200],
  };
  event.waitUntil(worker.registration.showNotification(title, options));
});
worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = typeof event.notification.data === "string" ? event.notification.data : PAGE;
  event.waitUntil(worker.clients.openWindow(url));
});
