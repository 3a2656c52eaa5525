import { Button, Segmented, Skeleton } from "antd";
import { useState } from "react";
import { useDeviceEvents, useDevices } from "../api/queries";
import type { DeviceEvent } from "../api/contract";
import { Bar } from "../parts/Bar";
import { Choice } from "../parts/Choice";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { useNow } from "../time/clock";
import { moment } from "../time/format";
import { named, t } from "../words/words";

type Shown = "all" | "fresh" | "stale";

/** The log of everything devices said, old news and late ones too: nothing vanishes. */
export default function DeviceEventsPage() {
  const [device, setDevice] = useState<string>("");
  const [shown, setShown] = useState<Shown>("all");
  const { data: devices } = useDevices();
  const { data, error, isPending, hasNextPage, fetchNextPage } = useDeviceEvents({
    device: device || null,
    stale: shown === "all" ? null : shown === "stale",
  });
  const rows = (data?.pages ?? []).flatMap((page) => page.items);
  const options = [
    { value: "", label: t("events.any_device") },
    ...(devices?.items ?? []).map((one) => ({
      value: one.code,
      label: one.name,
      detail: one.code,
      names: [one.code],
    })),
  ];
  return (
    <main className="page">
      <h2>{t("events.title")}</h2>
      <div className="filters" data-form>
        <Choice
          label={t("fact.device")}
          options={options}
          value={device}
          onPick={setDevice}
          testId="filter-device"
        />
        <Segmented
          aria-label={t("events.stale")}
          options={(["all", "fresh", "stale"] as const).map((one) => ({
            value: one,
            label: t(`events.${one}`),
          }))}
          value={shown}
          onChange={(value) => setShown(value as Shown)}
        />
      </div>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {!isPending && rows.length === 0 ? <Why words={t("events.none")} /> : null}
      {rows.length > 0 ? (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t("events.occurred_at")}</th>
              <th>{t("events.received_at")}</th>
              <th>{t("fact.event")}</th>
              <th>{t("events.source")}</th>
              <th>{t("events.subject")}</th>
              <th>{t("events.marks")}</th>
              <th>{t("events.report")}</th>
              <th>{t("events.data")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((event) => (
              <EventRow key={event.seq} event={event} />
            ))}
          </tbody>
        </table>
      ) : null}
      {hasNextPage ? <Button onClick={() => void fetchNextPage()}>{t("list.more")}</Button> : null}
    </main>
  );
}

function EventRow({ event }: { event: DeviceEvent }) {
  const now = useNow();
  return (
    <tr
      className={event.stale ? "event-stale" : undefined}
      data-testid={`device-event-${event.seq}`}
    >
      <td>{moment(Date.parse(event.occurred_at), now)}</td>
      <td>{moment(Date.parse(event.received_at), now)}</td>
      <td>
        {named("event", event.type)} <code className="quiet">{event.type}</code>
      </td>
      <td>
        <code>{event.source}</code>
      </td>
      <td>{event.subject}</td>
      <td>
        {event.stale ? <span className="tag">{t("events.stale")}</span> : null}
        {event.late ? <span className="tag">{t("row.late")}</span> : null}
        {event.on_test ? <span className="tag tag-warn">{t("on_test.state")}</span> : null}
      </td>
      <td>{event.report === null ? null : `#${event.report}`}</td>
      <td className="event-data">
        {Object.entries(event.data).map(([name, value]) => (
          <span key={name}>
            {name}={String(value)}{" "}
          </span>
        ))}
      </td>
    </tr>
  );
}
