import { useState } from "react";
import { change } from "../api/client";
import { useChange } from "../customers/queries";
import { Bar } from "../parts/Bar";
import { ReasonForm } from "../parts/ReasonForm";
import { refusal } from "../parts/refusal";
import { ToldFields } from "../parts/ToldFields";
import { siteNow } from "../time/clock";
import { moment } from "../time/format";
import { typedMoment } from "../time/typed";
import { t } from "../words/words";
import type { Promised } from "./queries";

const HOW = ["telephone", "in_person", "message"] as const;

/** Who was called back, how and when: that keeps the promise. */
export function CallBackForm({ promise, onDone }: { promise: Promised; onDone: () => void }) {
  const [whom, setWhom] = useState(promise.whom);
  const [how, setHow] = useState<(typeof HOW)[number]>("telephone");
  const [typed, setTyped] = useState("");
  const said = typed.trim() ? typedMoment(typed, siteNow(), "past") : null;
  // Nobody has been called in the future.
  const when = said !== null && said <= siteNow() ? said : null;
  const keep = useChange(onDone);
  const unreadable = typed.trim() !== "" && when === null;
  return (
    <>
      <ReasonForm
        title={t("promise.keep")}
        note={t("promise.keep_note")}
        label={t("promise.said")}
        busy={keep.isPending}
        ready={whom.trim() !== "" && !unreadable}
        onSubmit={(words) =>
          keep.mutate(
            change("/api/v1/promises/{number}/keep", promise.id, {
              whom: whom.trim(),
              how,
              words,
              told_at: when === null ? null : new Date(when).toISOString(),
            }),
          )
        }
      >
        <ToldFields whom={whom} onWhom={setWhom} how={how} ways={HOW} onHow={setHow} id="keep" />
        <label>
          {t("promise.told_when")}
          <input
            className="field"
            value={typed}
            aria-invalid={unreadable}
            onChange={(event) => setTyped(event.target.value)}
            data-field
            data-testid="keep-when"
          />
        </label>
        <p className="form-note">
          {when !== null ? t("promise.reads", { at: moment(when, siteNow(), false) }) : null}
          {unreadable ? t("promise.unreadable") : null}
        </p>
      </ReasonForm>
      {keep.error ? <Bar tone="warn">{refusal(keep.error)}</Bar> : null}
    </>
  );
}
