import { Button } from "antd";
import { useEffect, useRef } from "react";
import type { Rolled, StormDevice } from "../api/contract";
import { change, send } from "../api/client";
import { useRoll } from "../api/storms";
import { Link } from "../app/Link";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { useNow } from "../time/clock";
import { moment } from "../time/format";
import { named, t } from "../words/words";

const NONE: readonly Rolled[] = [];

/** Every event of one device, in the order in which they came; who saw it, who took it. */
export function RollLines({ storm, device }: { storm: number; device: StormDevice | undefined }) {
  const { data, error, hasNextPage, fetchNextPage } = useRoll(storm, device?.device.code ?? null);
  const now = useNow();
  const lines = data?.pages.flatMap((page) => page.items) ?? NONE;
  useSeen(lines);
  return (
    <section className="column roll-lines" aria-label={t("storm.roll")} tabIndex={0}>
      <h2>{device ? t("storm.roll_of", { name: device.device.name }) : t("storm.roll")}</h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("storm.told")}</th>
            <th>{t("storm.what")}</th>
            <th>{t("storm.issue")}</th>
            <th>{t("storm.seen")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.number} data-testid={`rolled-${line.number}`}>
              <td>
                <time dateTime={line.received_at}>{moment(Date.parse(line.received_at), now)}</time>
              </td>
              <td>{named("event", line.event_type)}</td>
              <td>
                {line.issue === null ? (
                  <span className="quiet">{t("storm.no_change")}</span>
                ) : (
                  <Link to={`/issues/${line.issue}`}>#{line.issue}</Link>
                )}{" "}
                {line.folded || line.issue === null ? null : (
                  <span className="tag">{t("storm.single")}</span>
                )}
              </td>
              <td>{whoOf(line)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hasNextPage ? (
        <Button onClick={() => void fetchNextPage()} data-testid="roll-more">
          {t("storm.more")}
        </Button>
      ) : null}
    </section>
  );
}

function whoOf(line: Rolled): string {
  return [
    line.shown_to ? t("storm.seen_by", { name: line.shown_to.name }) : "",
    line.claimed_by ? t("storm.taken_by", { name: line.claimed_by.name }) : "",
    line.ticked_by ? t("storm.ticked_by", { name: line.ticked_by.name }) : "",
  ]
    .filter(Boolean)
    .join(t("join.comma"));
}

/** Say once of each line's report that it stood before an operator. */
function useSeen(lines: readonly Rolled[]): void {
  const me = useMe();
  const said = useRef(new Set<number>());
  useEffect(() => {
    if (!may(me, "claim") || document.visibilityState !== "visible") return;
    const fresh = new Set(
      lines.flatMap((line) =>
        line.report !== null && !line.shown_to && !said.current.has(line.report)
          ? [line.report]
          : [],
      ),
    );
    if (fresh.size === 0) return;
    for (const number of fresh) said.current.add(number);
    const reports = [...fresh].slice(0, 500);
    void send(change("/api/v1/reports/shown", undefined, { reports })).catch(() => {
      for (const number of fresh) said.current.delete(number);
    });
  }, [me, lines]);
}
