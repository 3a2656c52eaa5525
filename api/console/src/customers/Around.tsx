import { change } from "../api/client";
import type { Report } from "../api/contract";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { PromiseLine } from "../promises/PromiseLine";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { named, t } from "../words/words";
import { useAround, useChange } from "./queries";
import { Surroundings, isNothing } from "./Surroundings";

/** Who may be calling, whether he has told us before, and what is open there: while it rings. */
export function Around({ report }: { report: Report }) {
  const me = useMe();
  const { data } = useAround(report.number, may(me, "see_customers"));
  const tie = useChange<Report>();
  if (!data) return null;
  if (isNothing(data)) return null;
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
      <Surroundings known={data} />
    </section>
  );
}
