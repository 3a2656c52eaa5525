import { useState } from "react";
import { useOnTest, useTestAct } from "../api/on-test";
import type { OnTest as Test } from "../api/contract";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { nameOf } from "../seat/tests";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";
import { OnTestForm } from "./OnTestForm";
import "../parts/cards.css";

/** What is on test now and what it said meanwhile; whoever may puts more on test, or ends it. */
export function OnTest() {
  const me = useMe();
  const { data: tests = [], error } = useOnTest();
  const [asking, setAsking] = useState(false);
  const mayTest = may(me, "put_on_test");
  return (
    <section data-testid="on-test">
      <h2>
        {t("on_test.title")} <span className="count">{tests.length}</span>
      </h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {tests.length === 0 ? <p className="quiet">{t("on_test.none")}</p> : null}
      {tests.map((test) => (
        <TestCard key={test.number} test={test} mayEnd={mayTest} />
      ))}
      {!mayTest ? null : asking ? (
        <OnTestForm onDone={() => setAsking(false)} />
      ) : (
        <div className="acts">
          <ActButton
            words={t("on_test.put")}
            onClick={() => setAsking(true)}
            testId="put-on-test"
          />
        </div>
      )}
    </section>
  );
}

function TestCard({ test, mayEnd }: { test: Test; mayEnd: boolean }) {
  const act = useTestAct();
  return (
    <article className="card" data-testid={`on-test-${test.number}`}>
      <h3>
        {nameOf(test)}{" "}
        {test.life_safety ? <span className="tag tag-danger">{t("on_test.life")}</span> : null}
      </h3>
      <p>
        {t("on_test.until")} <Moment at={test.until} seconds={false} />
      </p>
      <p>
        {test.reason} <span className="quiet">{test.begun_by.name}</span>
      </p>
      <p className="quiet">{t("on_test.heard", { count: test.events })}</p>
      {test.heard.length > 0 ? (
        <ul>
          {test.heard.map((one, index) => (
            <li key={test.events - index}>
              {one.device.name} · {named("event", one.type)} <Moment at={one.occurred_at} />
            </li>
          ))}
        </ul>
      ) : null}
      {act.error ? <Bar tone="warn">{refusal(act.error)}</Bar> : null}
      {mayEnd ? (
        <div className="acts">
          <ActButton
            words={t("on_test.end")}
            onClick={() => act.mutate({ what: "end", number: test.number })}
            busy={act.isPending}
            testId={`end-test-${test.number}`}
          />
        </div>
      ) : null}
    </article>
  );
}
