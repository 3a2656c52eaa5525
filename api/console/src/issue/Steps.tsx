import type { Step } from "../api/contract";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";

const SHAPES: Record<Step["state"], string> = { waiting: "○", fired: "●", cancelled: "–" };

/** The ladder (五.1(3)): who, when, by which rule, and what became of each step. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  if (steps.length === 0) return <p className="quiet">{t("ladder.none")}</p>;
  return (
    <ol className="steps">
      {steps.map((step) => (
        <li key={step.key} className={`step step-${step.state}${step.late ? " step-late" : ""}`}>
          <span className="step-shape" aria-hidden="true">
            {SHAPES[step.state]}
          </span>
          <div>
            <b>{step.to.map((role) => named("role", role)).join(t("join.comma"))}</b>{" "}
            <span>{named("step", step.state)}</span>
            {step.late ? <span className="tag tag-danger">{t("ladder.late")}</span> : null}
            <div>
              {step.fired_at ? (
                <>
                  {t("ladder.fired_at")} <Moment at={step.fired_at} seconds={false} />
                </>
              ) : (
                <>
                  {t("ladder.due_at")} <Moment at={step.due_at} seconds={false} />
                </>
              )}
            </div>
            {step.people.length > 0 ? (
              <div>
                {t("ladder.people", {
                  names: step.people.map((one) => one.name).join(t("join.comma")),
                })}
              </div>
            ) : null}
            <div className="quiet">{step.rule}</div>
          </div>
        </li>
      ))}
    </ol>
  );
}
