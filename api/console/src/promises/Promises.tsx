import { useState } from "react";
import type { Issue } from "../api/contract";
import { ActButton } from "../parts/ActButton";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { t } from "../words/words";
import { CallBackForm } from "./CallBackForm";
import { PromiseForm } from "./PromiseForm";
import { PromiseLine } from "./PromiseLine";
import { usePromises } from "./queries";
import "./promises.css";

/** What the customer of an issue was promised, the call-back that keeps it, and what was before. */
export function Promises({ issue }: { issue: Issue }) {
  const me = useMe();
  const { data } = usePromises(issue.number, may(me, "see_promises"));
  const [asking, setAsking] = useState<"make" | number | null>(null);
  if (!data) return null;
  const promises = may(me, "promise");
  const done = () => setAsking(null);
  if (data.own.length + data.before.length === 0 && !promises) return null;
  return (
    <section className="report-card promises" aria-label={t("promise.title")} data-testid="promises">
      <h3>{t("promise.title")}</h3>
      <ul>
        {data.own.map((one) => (
          <li key={one.id} data-testid={`promise-${one.id}`} data-state={one.state}>
            <PromiseLine promise={one} />{" "}
            {promises && !one.kept && asking !== one.id ? (
              <ActButton
                words={t("promise.keep")}
                onClick={() => setAsking(one.id)}
                testId={`keep-${one.id}`}
              />
            ) : null}
            {asking === one.id ? <CallBackForm promise={one} onDone={done} /> : null}
          </li>
        ))}
      </ul>
      {data.before.length > 0 ? (
        <>
          <b className="tag tag-danger">▲ {t("promise.before")}</b>
          <ul data-testid="promises-before">
            {data.before.map((one) => (
              <li key={one.id}>
                <PromiseLine promise={one} linked />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {promises && asking === "make" ? <PromiseForm issue={issue.number} onDone={done} /> : null}
      {promises && asking === null ? (
        <ActButton
          words={t("promise.make")}
          onClick={() => setAsking("make")}
          testId="promise-make"
        />
      ) : null}
    </section>
  );
}
