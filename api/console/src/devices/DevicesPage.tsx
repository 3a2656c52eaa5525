import { Skeleton } from "antd";
import { useDevices } from "../api/queries";
import type { Device } from "../api/contract";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { pathOf } from "../queue/title";
import { Moment } from "../time/Moment";
import { byName } from "../words/order";
import { named, t } from "../words/words";
import { CameraRules } from "./CameraRules";
import { OnTest } from "./OnTest";

const SHAPES: Record<Device["state"], string> = { silent: "▲", never: "○", heard: "●" };
const ORDER: readonly Device["state"][] = ["silent", "never", "heard"];

/** Every device and its last sign of life; the silent ones first. */
export default function DevicesPage() {
  const { data, error, isPending } = useDevices();
  const rows = [...(data?.items ?? [])].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || byName(a.name, b.name),
  );
  return (
    <main className="page" tabIndex={0}>
      <h2>
        {t("devices.title")} <span className="count">{rows.length}</span>{" "}
        <span className="quiet">
          {t("devices.silent_count", {
            count: rows.filter((one) => one.state === "silent").length,
          })}
        </span>
      </h2>
      <OnTest />
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {!isPending && rows.length === 0 ? <Why words={t("devices.none")} /> : null}
      {rows.length > 0 ? (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t("devices.state")}</th>
              <th>{t("devices.last_heard_at")}</th>
              <th>{t("fact.device")}</th>
              <th>{t("fact.code")}</th>
              <th>{t("devices.system")}</th>
              <th>{t("devices.profile")}</th>
              <th>{t("fact.place")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((device) => (
              <tr key={device.code} data-testid={`device-${device.code}`}>
                <td className={`device-${device.state}`}>
                  <span aria-hidden="true">{SHAPES[device.state]}</span>{" "}
                  {named("device_state", device.state)}
                  {device.on_test_until ? (
                    <span className="tag tag-warn" data-testid={`on-test-until-${device.code}`}>
                      {t("on_test.until")} <Moment at={device.on_test_until} seconds={false} />
                    </span>
                  ) : null}
                </td>
                <td>{device.last_heard_at ? <Moment at={device.last_heard_at} /> : "–"}</td>
                <td>{device.name}</td>
                <td>
                  <code>{device.code}</code>
                </td>
                <td>{named("system", device.system)}</td>
                <td>
                  <code>{device.profile.split("/").at(-1)}</code>
                </td>
                <td>{device.place ? pathOf(device.place.path) : t("place.unknown")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <CameraRules />
    </main>
  );
}
