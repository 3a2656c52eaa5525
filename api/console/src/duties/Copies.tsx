import type { ReactNode } from "react";
import { useEffect, useRef } from "react";
import { change } from "../api/client";
import { useCopies } from "../api/duties";
import type { Copy } from "../api/contract";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { Moment } from "../time/Moment";
import { t } from "../words/words";
import { Brief } from "./Brief";
import { useDuty } from "./useDuty";

/** Reports of my unit's people: shown here they are read, and a tap says that I know (五.1(1)). */
export function Copies() {
  const { data } = useCopies();
  const reading = useDuty();
  const duty = useDuty();
  const told = useRef(new Set<number>());
  const copies = data?.items ?? [];
  const open = copies.filter((one) => one.acknowledged_at === null);
  const { mutate } = reading;
  useEffect(() => {
    const unread = (data?.items ?? [])
      .filter((one) => one.read_at === null && !told.current.has(one.issue.number))
      .map((one) => one.issue.number);
    if (unread.length === 0) return;
    unread.forEach((number) => told.current.add(number));
    mutate(change("/api/v1/copies/read", undefined, { issues: unread }));
  }, [data, mutate]);
  if (copies.length === 0) return null;
  return (
    <section aria-label={t("duties.copies")} data-testid="copies">
      <h2>
        {t("duties.copies")} <span className="count">{open.length}</span>
      </h2>
      {duty.error ? <Bar tone="warn">{refusal(duty.error)}</Bar> : null}
      <ul className="notices">
        {open.map((copy) => (
          <CopyRow key={copy.issue.number} copy={copy}>
            <ActButton
              words={t("duties.acknowledge")}
              onClick={() =>
                duty.mutate(
                  change("/api/v1/copies/{number}/acknowledge", copy.issue.number, undefined),
                )
              }
              primary
              busy={duty.isPending}
              testId={`know-${copy.issue.number}`}
            />
          </CopyRow>
        ))}
      </ul>
    </section>
  );
}

/** A copy: sent, read, acknowledged, overdue. */
export function CopyRow({ copy, children }: { copy: Copy; children?: ReactNode }) {
  return (
    <li className="notice" data-testid={`copy-${copy.issue.number}`}>
      <div>
        <Brief issue={copy.issue} />
        <p className="quiet">
          {copy.unit.name} → {copy.person.name} · {t("copy.sent")} <Moment at={copy.sent_at} />
          {copy.read_at ? (
            <>
              {" "}
              · {t("copy.read")} <Moment at={copy.read_at} />
            </>
          ) : null}
          {copy.acknowledged_at ? (
            <>
              {" "}
              · {t("copy.acknowledged")} <Moment at={copy.acknowledged_at} />
            </>
          ) : null}
          {copy.overdue_at ? (
            <span className="tag tag-danger">✕ {t("copy.overdue")}</span>
          ) : null}
        </p>
      </div>
      {children}
    </li>
  );
}
