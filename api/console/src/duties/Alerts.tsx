import { change } from "../api/client";
import { useAlerts } from "../api/duties";
import type { Alert } from "../api/contract";
import { useActs } from "../keys/acts";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { Moment } from "../time/Moment";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { both, named, t } from "../words/words";
import { Brief } from "./Brief";
import { useDuty } from "./useDuty";

const OPEN: ReadonlySet<string> = new Set(["waiting", "unanswered"]);
const OVER: ReadonlySet<string> = new Set(["handled", "closed", "dismissed", "merged"]);

/** Life safety first, then what still waits for an answer; the order of the API within each. */
function rank(alert: Alert): number {
  return (alert.issue.urgency === "life_safety" ? 0 : 2) + (alert.state === "waiting" ? 0 : 1);
}

/** I am the nearest: do I come? The first is answered by Y and N (五.1(2)). */
export function Alerts() {
  const { data } = useAlerts();
  const me = useMe();
  const duty = useDuty();
  const open = (data?.items ?? [])
    .filter((one) => OPEN.has(one.state) && !OVER.has(one.issue.status))
    .sort((a, b) => rank(a) - rank(b));
  const first = open[0];
  const answer = (id: number, coming: boolean) =>
    duty.mutate(change("/api/v1/alerts/{number}/answer", id, { coming }));
  useActs(
    first
      ? [
          { id: "come", words: t("duties.come"), keys: ["y"], run: () => answer(first.id, true) },
          { id: "cannot", words: t("duties.cannot"), keys: ["n"], run: () => answer(first.id, false) },
        ]
      : [],
  );
  if (open.length === 0) return null;
  return (
    <section aria-label={t("duties.alerts")} data-testid="alerts">
      <h2>
        {t("duties.alerts")} <span className="count">{open.length}</span>
      </h2>
      {duty.error ? <Bar tone="warn">{refusal(duty.error)}</Bar> : null}
      <ul className="notices">
        {open.map((alert) => (
          <li key={alert.id} className="notice" data-testid={`alert-${alert.id}`}>
            <div>
              <Brief issue={alert.issue} linked={may(me, "see_queue")} />
              {alert.first_actions ? <p>{both(alert.first_actions)}</p> : null}
              <p className="quiet">
                {alert.state === "unanswered"
                  ? named("alert", "unanswered")
                  : t("duties.answer_by")}{" "}
                <Moment at={alert.due_at} />
              </p>
            </div>
            <div className="acts">
              <ActButton
                {...(alert === first ? { letter: "Y" } : {})}
                words={t("duties.come")}
                onClick={() => answer(alert.id, true)}
                primary
                busy={duty.isPending}
                testId={`come-${alert.id}`}
              />
              <ActButton
                {...(alert === first ? { letter: "N" } : {})}
                words={t("duties.cannot")}
                onClick={() => answer(alert.id, false)}
                busy={duty.isPending}
                testId={`cannot-${alert.id}`}
              />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
