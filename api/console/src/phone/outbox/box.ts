/** The box in which reports wait: IndexedDB, so that neither a flat battery nor a basement loses one. */
import type { Sent } from "./item";
import { open } from "./item";

const NAME = "shouwen-phone";
const ITEMS = "items";
/** What was last read from the server, for hours without a net. */
const READ = "read";
/** So many that were delivered stay on the list, without their pictures. */
const REMEMBERED = 20;

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore(ITEMS, { keyPath: "id" });
      asked.result.createObjectStore(READ);
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("indexedDB"));
  });
  return opened;
}

async function within<T>(
  store: string,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const held = (await database()).transaction(store, mode);
  const asked = act(held.objectStore(store));
  return new Promise((resolve, reject) => {
    // Not before the transaction is durable: "kept" is a promise.
    held.oncomplete = () => resolve(asked.result);
    held.onabort = () => reject(held.error ?? new Error("indexedDB"));
    held.onerror = () => reject(held.error ?? new Error("indexedDB"));
  });
}

const listeners = new Set<() => void>();
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("shouwen-outbox") : null;
channel?.addEventListener("message", () => listeners.forEach((one) => one()));

export function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed(): void {
  listeners.forEach((one) => one());
  channel?.postMessage("changed");
}

export async function all(of: string): Promise<Sent[]> {
  const items = await within<Sent[]>(ITEMS, "readonly", (store) => store.getAll());
  return items.filter((one) => one.of === of).sort((a, b) => a.written - b.written);
}

/** How much waits on this telephone, whosever it is. */
export async function waiting(): Promise<number> {
  const items = await within<Sent[]>(ITEMS, "readonly", (store) => store.getAll());
  return items.filter(open).length;
}

export async function find(id: string): Promise<Sent | undefined> {
  return within<Sent | undefined>(ITEMS, "readonly", (store) => store.get(id));
}

export async function keep(item: Sent): Promise<void> {
  await within(ITEMS, "readwrite", (store) => store.put(item));
  changed();
}

export async function drop(id: string): Promise<void> {
  await within(ITEMS, "readwrite", (store) => store.delete(id));
  changed();
}

/** Let go of the oldest of what has arrived. */
export async function tidy(of: string): Promise<void> {
  const arrived = (await all(of)).filter((one) => one.state === "delivered");
  for (const one of arrived.slice(0, -REMEMBERED)) {
    await within(ITEMS, "readwrite", (store) => store.delete(one.id));
  }
}

export interface LastRead<T> {
  at: number;
  value: T;
}

export function lastRead<T>(key: string): Promise<LastRead<T> | undefined> {
  return within<LastRead<T> | undefined>(READ, "readonly", (store) => store.get(key));
}

export async function remember<T>(key: string, value: T): Promise<void> {
  await within(READ, "readwrite", (store) => store.put({ at: Date.now(), value }, key));
}

export async function forget(): Promise<void> {
  await within(READ, "readwrite", (store) => store.clear());
}
