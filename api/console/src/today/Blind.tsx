import { useCameraRules, useDevices } from "../api/queries";
import { Link } from "../app/Link";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { pathOf } from "../queue/title";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";

/** Where the office neither hears nor sees: silent devices and cameras, and muted findings. */
export function Blind() {
  const { data, error } = useDevices();
  const { data: rules = [] } = useCameraRules();
  const silent = data?.items.filter((one) => one.state === "silent") ?? [];
  const muted = rules.filter((one) => one.muted_at);
  return (
    <section className="card" aria-label={t("today.blind")} data-testid="blind">
      <h2>
        <Link to="/devices">{t("today.blind")}</Link>{" "}
        <span className="count">{silent.length + muted.length}</span>
      </h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {data && silent.length + muted.length === 0 ? (
        <Why words={t("today.blind_none", { n: data.items.length })} />
      ) : null}
      <ul>
        {silent.map((one) => (
          <li key={one.code} data-testid={`blind-${one.code}`}>
            <span className="device-silent">▲ {named("device_state", one.state)}</span>{" "}
            <b>{one.name}</b> <span className="quiet">{named("system", one.system)}</span>{" "}
            {one.place ? pathOf(one.place.path, 2) : t("place.unknown")}{" "}
            {one.last_heard_at ? <Moment at={one.last_heard_at} seconds={false} /> : null}
          </li>
        ))}
        {muted.map((one) => (
          <li key={`${one.camera.code}/${one.what}`}>
            <span className="device-silent">▲ {t("eyes.muted")}</span> <b>{one.camera.name}</b>{" "}
            {named("event", one.what)}{" "}
            {one.muted_at ? <Moment at={one.muted_at} seconds={false} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
