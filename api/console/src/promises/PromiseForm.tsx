import { useState } from "react";
import { change } from "../api/client";
import { useChange } from "../customers/queries";
import { Bar } from "../parts/Bar";
import { ReasonForm } from "../parts/ReasonForm";
import { refusal } from "../parts/refusal";
import { siteNow } from "../time/clock";
import { moment } from "../time/format";
import { typedMoment } from "../time/typed";
import { t } from "../words/words";

/** What is promised, to whom and until when: the time is read back before it is sent. */
export function PromiseForm({ issue, onDone }: { issue: number; onDone: () => void }) {
  const [whom, setWhom] = useState("");
  const [typed, setTyped] = useState("");
  const due = typed.trim() ? typedMoment(typed, siteNow(), "future") : null;
  const make = useChange(onDone);
  return (
    <>
      <ReasonForm
        title={t("promise.make")}
        label={t("promise.what")}
        busy={make.isPending}
        ready={due !== null}
        onSubmit={(words) =>
          make.mutate(
            change("/api/v1/issues/{number}/promises", issue, {
              words,
              whom: whom.trim(),
              due_at: new Date(due ?? 0).toISOString(),
            }),
          )
        }
      >
        <label>
          {t("promise.due")}
          <input
            className="field"
            value={typed}
            placeholder={t("promise.due_how")}
            aria-invalid={typed.trim() !== "" && due === null}
            onChange={(event) => setTyped(event.target.value)}
            data-field
            data-testid="promise-due"
          />
        </label>
        <p className="form-note">
          {due !== null ? t("promise.reads", { at: moment(due, siteNow(), false) }) : null}
          {typed.trim() !== "" && due === null ? t("promise.unreadable") : null}
        </p>
        <label>
          {t("promise.whom")}
          <input
            className="field"
            value={whom}
            onChange={(event) => setWhom(event.target.value)}
            data-field
            data-testid="promise-whom"
          />
        </label>
      </ReasonForm>
      {make.error ? <Bar tone="warn">{refusal(make.error)}</Bar> : null}
    </>
  );
}
