import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, send } from "../api/client";
import type { Month } from "../api/contract";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { useNow } from "../time/clock";
import { moment } from "../time/format";
import { t } from "../words/words";
import { Number } from "./Number";
import { useCellWords } from "./useCellWords";

/** Closing a month, and what has come since it was closed. */
export function Closing({ data }: { data: Month }) {
  const { report, closed } = data;
  const now = useNow();
  const wordsOf = useCellWords(report);
  if (!closed) return <NotClosed data={data} />;
  return (
    <section data-testid="closed">
      <p>
        {t("months.closed_by", {
          name: closed.closed_by.name,
          at: moment(Date.parse(closed.closed_at), now, false),
          sha: closed.sha256.slice(0, 16),
        })}
      </p>
      {data.correction.length > 0 ? (
        <>
          <h3>{t("months.correction")}</h3>
          <p className="quiet">{t("months.correction_note")}</p>
          <table className="plain-table" data-testid="correction">
            <thead>
              <tr>
                <th>{t("months.number")}</th>
                <th>{t("month.column.before")}</th>
                <th>{t("month.column.after")}</th>
              </tr>
            </thead>
            <tbody>
              {data.correction.map((one) => (
                <tr key={one.cell}>
                  <td>{wordsOf(one.cell)}</td>
                  <td>
                    <Number month={report.month} cell={one.cell} n={one.before} />
                  </td>
                  <td>{one.after}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      ) : null}
    </section>
  );
}

function NotClosed({ data }: { data: Month }) {
  const me = useMe();
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const { month } = data.report;
  const close = useMutation({
    mutationFn: () => send(change("/api/v1/months/{month}/close", { month }, undefined)),
    onSettled: () => client.invalidateQueries({ queryKey: ["months"] }),
  });
  if (!may(me, "close_month")) return null;
  if (data.open_objections > 0) {
    return <Bar>{t("months.objections", { n: data.open_objections })}</Bar>;
  }
  if (!data.may_close) return null;
  return (
    <section>
      {close.error ? <Bar tone="warn">{refusal(close.error)}</Bar> : null}
      {asked ? <p>{t("months.close_why")}</p> : null}
      <ActButton
        words={t(asked ? "months.close_sure" : "months.close")}
        primary={asked}
        busy={close.isPending}
        onClick={() => (asked ? close.mutate() : setAsked(true))}
        testId="close-month"
      />
    </section>
  );
}
