import type { Counts } from "../useCounts";
import { answerPath, briefingPath, cardPath, copyPath, summonsPath } from "../useCounts";
import { act, put } from "../outbox/outbox";
import { shown } from "../time";
import type { PhoneKey } from "../words";
import { both, inBoth, named, t } from "../words";
import { Asof } from "./Asof";
import { Brief } from "./Brief";
import { CardStack } from "./CardStack";

/** What waits for me: calls first, then tonight's cards, copies, briefings. */
export function Duties({ of, counts }: { of: string; counts: Counts }) {
  const { alerts, cards, copies, briefings, summons, answered } = counts;
  const called = (summons.value?.items ?? []).filter(
    (one) => one.acknowledged_at === null && !answered(summonsPath(one.number)),
  );
  const calls = (alerts.value?.items ?? []).filter((one) => !answered(answerPath(one.id)));
  const asked = (cards.value?.cards ?? []).filter((one) => !answered(cardPath(one.issue.number)));
  const sent = (copies.value?.items ?? []).filter(
    (one) => one.acknowledged_at === null && !answered(copyPath(one.issue.number)),
  );
  const unread = (briefings.value?.items ?? []).filter(
    (one) => one.for_me && one.acknowledged_at === null && !answered(briefingPath(one.number)),
  );
  const say = (path: string, body: unknown, key: PhoneKey) =>
    void put(act(of, path, body, inBoth(key)));
  return (
    <div data-testid="duties">
      <h1>{t("phone.tab_duties")}</h1>
      <Asof reading={cards} />
      {called.map((one) => (
        <section key={one.number} className="card life" data-testid={`summons-${one.number}`}>
          <h2>{named("trouble", one.trouble)}</h2>
          <p className="quiet">{shown(one.at)}</p>
          <button type="button" className="big primary" onClick={() => say(summonsPath(one.number), {}, "summons.go")} data-testid={`go-${one.number}`}>
            {t("summons.go")}
          </button>
        </section>
      ))}
      {calls.map((one) => (
        <section key={one.id} className={one.issue.urgency === "life_safety" ? "card life" : "card"} data-testid={`alert-${one.id}`}>
          <h2>{t("phone.called")}</h2>
          <Brief issue={one.issue} />
          {one.first_actions ? <p className="bar">{both(one.first_actions)}</p> : null}
          <p className="quiet">
            {one.state === "unanswered" ? named("alert", "unanswered") : t("phone.answer_by")} {shown(one.due_at)}
          </p>
          <div className="acts">
            <button type="button" className="big primary" onClick={() => say(answerPath(one.id), { coming: true }, "phone.coming")} data-testid={`come-${one.id}`}>
              {t("phone.coming")}
            </button>
            <button type="button" className="big" onClick={() => say(answerPath(one.id), { coming: false }, "phone.cannot")} data-testid={`cannot-${one.id}`}>
              {t("phone.cannot")}
            </button>
          </div>
        </section>
      ))}
      <CardStack of={of} cards={asked} />
      {sent.length > 0 ? <h2>{t("phone.copies")}</h2> : null}
      {sent.map((one) => (
        <section key={one.issue.number} className="card" data-testid={`copy-${one.issue.number}`}>
          <Brief issue={one.issue} />
          <p className="quiet">
            {one.issue.first_reporter?.name} · {one.overdue_at ? `✕ ${t("phone.overdue")}` : `${t("phone.answer_by")} ${shown(one.due_at)}`}
          </p>
          <button type="button" className="big" onClick={() => say(copyPath(one.issue.number), {}, "phone.know")} data-testid={`know-${one.issue.number}`}>
            {t("phone.know")}
          </button>
        </section>
      ))}
      {unread.length > 0 ? <h2>{t("phone.briefings")}</h2> : null}
      {unread.map((one) => (
        <section key={one.number} className="card" data-testid={`briefing-${one.number}`}>
          <h3>{one.title}</h3>
          <p className="said">{one.words}</p>
          <button type="button" className="big" onClick={() => say(briefingPath(one.number), { version: one.version }, "phone.know")} data-testid={`read-${one.number}`}>
            {t("phone.know")}
          </button>
        </section>
      ))}
      {counts.all === 0 && cards.value ? (
        <p className="quiet">{t("phone.nothing_waits")}</p>
      ) : null}
    </div>
  );
}
