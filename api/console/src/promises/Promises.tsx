import { useState } from "react";
import type { Issue } from "../api/contract";
import { ActButton } from "../parts/ActButton";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { useNow } from "../time/clock";
import { t } from "../words/words";
import { CallBackForm } from "./CallBackForm";
import { ChangeForm } from "./ChangeForm";
import { PromiseForm } from "./PromiseForm";
import { PromiseLine } from "./PromiseLine";
import { usePromises } from "./queries";
import "./promises.css";

const WAYS = ["keep", "move", "withdraw"] as const;
interface Asked {
  way: (typeof WAYS)[number];
  promise: number;
}

function isAsked(asking: "make" | Asked | null, promise: number): asking is Asked {
  return asking !== null && asking !== "make" && asking.promise === promise;
}

/** What the customer of an issue was promised, the call-back that keeps it, and what was before. */
export function Promises({ issue }: { issue: Issue }) {
  const me = useMe();
  const { data } = usePromises(issue.number, may(me, "see_promises"));
  const [asking, setAsking] = useState<"make" | Asked | null>(null);
  const now = useNow();
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
            {promises && !one.kept && one.state !== "withdrawn" && !isAsked(asking, one.id)
              ? WAYS.filter((way) => way === "keep" || Date.parse(one.due_at) > now).map((way) => (
                  <ActButton
                    key={way}
                    words={t(`promise.${way}`)}
                    onClick={() => setAsking({ way, promise: one.id })}
                    testId={`${way}-${one.id}`}
                  />
                ))
              : null}
            {isAsked(asking, one.id) ? (
              asking.way === "keep" ? (
                <CallBackForm promise={one} onDone={done} />
              ) : (
                <ChangeForm promise={one} moves={asking.way === "move"} onDone={done} />
              )
            ) : null}
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
