import type { ReactNode } from "react";
import type { HandoverSheet } from "../api/contract";
import { Link } from "../app/Link";
import { pathOf } from "../queue/title";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";

type Line = HandoverSheet["unclaimed"][number];

/** What the shift leaves to the next, part by part; a part without anything says so. */
export function Sheet({ sheet }: { sheet: HandoverSheet }) {
  return (
    <div className="handover-sheet" data-testid="handover-sheet">
      <Part name="unclaimed" count={sheet.unclaimed.length}>
        {sheet.unclaimed.map(lineOf)}
      </Part>
      <Part name="claimed" count={sheet.claimed.length}>
        {sheet.claimed.map(lineOf)}
      </Part>
      <Part name="parked" count={sheet.parked.length}>
        {sheet.parked.map(lineOf)}
      </Part>
      <Part name="at_desk" count={sheet.at_desk.length}>
        {sheet.at_desk.map(lineOf)}
      </Part>
      <Part name="on_test" count={sheet.on_test.length}>
        {sheet.on_test.map((one) => (
          <li key={one.devices.join()}>
            {one.life_safety ? <b>{t("on_test.life")} · </b> : null}
            {one.devices.join(t("join.comma"))} · {t("on_test.until")} <Moment at={one.until_at} />{" "}
            · {one.reason} · {one.by.name}
          </li>
        ))}
      </Part>
      <Part name="silent" count={sheet.silent.length}>
        {sheet.silent.map((one) => (
          <li key={`${one.device} ${one.since}`}>
            {one.device} · {pathOf(one.place)} · <Moment at={one.since} />
          </li>
        ))}
      </Part>
      <Part name="blind" count={sheet.blind.length}>
        {sheet.blind.map((one) => (
          <li key={`${one.place.join()} ${one.device}`}>
            {pathOf(one.place)} · {one.device}
          </li>
        ))}
      </Part>
      <Part name="notes" count={sheet.notes.length}>
        {sheet.notes.map((one) => (
          <li key={one.at}>
            {one.words} <span className="quiet">{one.by.name}</span> <Moment at={one.at} />
          </li>
        ))}
      </Part>
    </div>
  );
}

type PartName =
  | "unclaimed" | "claimed" | "parked" | "at_desk" | "on_test" | "silent" | "blind" | "notes";

function Part({ name, count, children }: { name: PartName; count: number; children: ReactNode }) {
  return (
    <section data-testid={`handover-${name}`}>
      <h3>
        {t(`handover.${name}`)} <span className="count">{count}</span>
      </h3>
      {count === 0 ? <p className="quiet">{t("handover.nothing")}</p> : <ul>{children}</ul>}
    </section>
  );
}

function lineOf(line: Line) {
  return (
    <li key={line.report}>
      {line.cls === "life_safety" ? <b>◆ {named("cls", line.cls)} · </b> : null}
      <Link to={`/issues/${line.issue}`}>#{line.issue}</Link>{" "}
      {line.event ? named("event", line.event) : named("channel", line.channel)} ·{" "}
      {line.device ?? pathOf(line.place)} · <Moment at={line.told_at} />
      {line.words ? ` · ${line.words}` : null}
      {line.holder ? ` · ${line.holder.name}` : null}
      {line.until_at ? (
        <>
          {" "}
          · {t("handover.until")} <Moment at={line.until_at} /> · {line.reason}
        </>
      ) : null}
      {line.forwarded_at ? (
        <>
          {" "}
          · {t("handover.forwarded")} <Moment at={line.forwarded_at} />
        </>
      ) : null}
    </li>
  );
}
