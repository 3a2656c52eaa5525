import { change } from "../api/client";
import type { Report } from "../api/contract";
import { Link } from "../app/Link";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { PromiseLine } from "../promises/PromiseLine";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";
import { useAround, useChange } from "./queries";

/** Who may be calling, whether he has told us before, and what is open there: while it rings. */
export function Around({ report }: { report: Report }) {
  const me = useMe();
  const { data } = useAround(report.number, may(me, "see_customers"));
  const tie = useChange<Report>();
  if (!data) return null;
  const before = data.told_before;
  const nothing =
    !data.customer && data.candidates.length + before.length + data.open_near.length === 0;
  if (nothing) return null;
  return (
    <section className="report-card" data-testid="around">
      {tie.error ? <Bar tone="warn">{refusal(tie.error)}</Bar> : null}
      {data.customer ? (
        <p>
          <b>{data.customer.name}</b> {data.customer.phones.join(" ")}
        </p>
      ) : null}
      {!data.customer && data.candidates.length > 0 ? (
        <>
          <b>{t("around.candidates")}</b>
          <ul>
            {data.candidates.map(({ customer, by }) => (
              <li key={customer.code}>
                {customer.name} <span className="tag">{named("tied_by", by)}</span>{" "}
                <ActButton
                  words={t("around.tie")}
                  onClick={() =>
                    tie.mutate(
                      change("/api/v1/reports/{number}/customer", report.number, {
                        customer: customer.code,
                      }),
                    )
                  }
                  busy={tie.isPending}
                  testId={`tie-${customer.code}`}
                />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {before.length > 0 ? (
        <>
          <b className="tag tag-danger">▲ {t("around.told_before")}</b>
          <Rows rows={before} />
        </>
      ) : null}
      {data.promises.length > 0 ? (
        <>
          <b className="tag tag-danger">▲ {t("promise.before")}</b>
          <ul data-testid="promised-before">
            {data.promises.slice(0, 5).map((one) => (
              <li key={one.id}>
                <PromiseLine promise={one} linked />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {data.open_near.length > 0 ? (
        <>
          <b>{t("around.open_near")}</b>
          <Rows rows={data.open_near} />
        </>
      ) : null}
    </section>
  );
}

type Row = { number: number; words: string; status: string; reported_at: string };

function Rows({ rows }: { rows: readonly Row[] }) {
  return (
    <ul>
      {rows.slice(0, 5).map((one) => (
        <li key={one.number}>
          <Link to={`/issues/${one.number}`}>#{one.number}</Link> {one.words}{" "}
          <span className="quiet">
            {named("status", one.status)} <Moment at={one.reported_at} seconds={false} />
          </span>
        </li>
      ))}
    </ul>
  );
}
