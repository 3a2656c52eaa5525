import { useEffect, useState } from "react";
import { change, read, remove, send } from "../../api/client";
import { t, type PhoneKey } from "../words";

/** A key as the browser wants it: the bytes behind base64url. */
function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

async function subscribe(key: string): Promise<void> {
  const worker = await navigator.serviceWorker.ready;
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) });
  const { endpoint, keys } = made.toJSON();
  if (!endpoint || !keys?.p256dh || !keys.auth) throw new Error("the browser gave no keys");
  await send(change("/api/v1/push/subscriptions", undefined, { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } }));
}

/** Whether this telephone calls me while the page is closed; where it cannot, nothing is offered. */
export function Push() {
  const [key, setKey] = useState<string | null>(null);
  const [on, setOn] = useState(false);
  const [problem, setProblem] = useState<PhoneKey | null>(null);
  useEffect(() => {
    if (!("serviceWorker" in navigator) || !("PushManager" in window)) return;
    void read("/api/v1/push")
      .then(async (answer) => {
        setKey(answer.key);
        const worker = await navigator.serviceWorker.getRegistration();
        setOn(answer.mine > 0 && (await worker?.pushManager.getSubscription()) != null);
      })
      .catch(() => undefined);
  }, []);
  if (!key) return null;
  const turnOn = async () => {
    setProblem(null);
    if ((await Notification.requestPermission()) !== "granted") {
      setProblem("phone.push_denied");
      return;
    }
    await subscribe(key).then(
      () => setOn(true),
      () => setProblem("phone.push_failed"),
    );
  };
  const turnOff = async () => {
    await remove("/api/v1/push/subscriptions").catch(() => setProblem("phone.push_failed"));
    const worker = await navigator.serviceWorker.getRegistration();
    await (await worker?.pushManager.getSubscription())?.unsubscribe();
    setOn(false);
  };
  return (
    <section data-testid="push">
      {problem ? <p className="bar warn">{t(problem)}</p> : null}
      {on ? <p className="quiet">{t("phone.push_is_on")}</p> : null}
      <button type="button" className="big" onClick={() => void (on ? turnOff() : turnOn())} data-testid="push-switch">
        {t(on ? "phone.push_off" : "phone.push_on")}
      </button>
    </section>
  );
}
