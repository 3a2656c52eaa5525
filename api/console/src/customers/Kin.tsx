import { useState } from "react";
import { change } from "../api/client";
import type { Issue } from "../api/contract";
import { Link } from "../app/Link";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { ReasonForm } from "../parts/ReasonForm";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { named, t } from "../words/words";
import { useChange, useKin } from "./queries";

/** What an issue has to do with others: told before, merged, and by whom it was told. */
export function Kin({ issue }: { issue: Issue }) {
  const me = useMe();
  const { data } = useKin(issue.number);
  const [open, setOpen] = useState<"merge" | "split" | "unmark" | null>(null);
  const [into, setInto] = useState("");
  const act = useChange<Issue>(() => setOpen(null));
  if (!data) return null;
  const { repeat } = data;
  const marked = repeat !== null && repeat.unmarked_reason === null;
  const merges = may(me, "merge");
  const isOpen = ["reported", "forwarded", "accepted", "assigned"].includes(issue.status);
  const send = (reason: string) => {
    const { number } = issue;
    if (open === "merge")
      act.mutate(change("/api/v1/issues/{number}/merge", number, { into: Number(into), reason }));
    if (open === "split") act.mutate(change("/api/v1/issues/{number}/split", number, { reason }));
    if (open === "unmark")
      act.mutate(change("/api/v1/issues/{number}/unmark-repeat", number, { reason }));
  };
  return (
    <section className="report-card" data-testid="kin">
      <h3>{t("kin.title")}</h3>
      {repeat ? (
        <p>
          {marked ? (
            <b className="tag tag-danger">▲ {t("kin.repeat", { chain: repeat.chain })}</b>
          ) : (
            <s>{t("kin.repeat", { chain: repeat.chain })}</s>
          )}{" "}
          <Link to={`/issues/${repeat.of}`}>#{repeat.of}</Link> {named("repeat", repeat.rule)}{" "}
          {repeat.unmarked_reason ?? ""}
        </p>
      ) : null}
      {data.merged_into ? (
        <p>
          {t("kin.merged_into")} <Link to={`/issues/${data.merged_into}`}>#{data.merged_into}</Link>
        </p>
      ) : null}
      {data.absorbed.length > 0 ? (
        <p>
          {t("kin.absorbed")}{" "}
          {data.absorbed.map((one) => (
            <Link key={one} to={`/issues/${one}`}>
              #{one}{" "}
            </Link>
          ))}
          {data.grouped.length > 0 ? (
            <span className="tag" data-testid="grouped">
              {t("kin.grouped")}
            </span>
          ) : null}
        </p>
      ) : null}
      {data.reporters.length > 0 ? (
        <p>
          {t("kin.reporters")}
          {t("join.colon")}
          {data.reporters
            .map(({ caller }) => caller.person?.name ?? caller.name ?? named("caller", caller.kind))
            .join(", ")}
        </p>
      ) : null}
      {act.error ? <Bar tone="warn">{refusal(act.error)}</Bar> : null}
      {open ? (
        <>
          <ReasonForm
            title={t(`kin.${open}`)}
            label={t("kin.reason")}
            busy={act.isPending}
            ready={open !== "merge" || /^\d{1,9}$/.test(into)}
            onSubmit={send}
          >
            {open === "merge" ? (
              <label>
                {t("kin.into")}
                <input
                  className="field"
                  inputMode="numeric"
                  value={into}
                  onChange={(event) => setInto(event.target.value)}
                  data-field
                  data-testid="merge-into"
                />
              </label>
            ) : null}
          </ReasonForm>
          <ActButton words={t("act.back")} onClick={() => setOpen(null)} />
        </>
      ) : merges ? (
        <div className="acts">
          {isOpen ? (
            <ActButton words={t("kin.merge")} onClick={() => setOpen("merge")} testId="merge" />
          ) : null}
          {issue.status === "merged" ? (
            <ActButton words={t("kin.split")} onClick={() => setOpen("split")} testId="split" />
          ) : null}
          {marked ? (
            <ActButton words={t("kin.unmark")} onClick={() => setOpen("unmark")} testId="unmark" />
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
