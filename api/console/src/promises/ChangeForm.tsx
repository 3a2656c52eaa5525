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
import type { Promised } from "./queries";

/** Why a promise is moved or withdrawn, and whether its customer knows: if not, nothing changes for him. */
export function ChangeForm({ promise, moves, onDone }: { promise: Promised; moves: boolean; onDone: () => void }) {
  const [typed, setTyped] = useState("");
  const [told, setTold] = useState(false);
  const due = typed.trim() ? typedMoment(typed, siteNow(), "future") : null;
  const alter = useChange(onDone);
  const unreadable = typed.trim() !== "" && due === null;
  return (
    <>
      <ReasonForm
        title={t(moves ? "promise.move" : "promise.withdraw")}
        note={t("promise.change_note")}
        label={t("promise.why")}
        busy={alter.isPending}
        ready={!moves || due !== null}
        onSubmit={(reason) =>
          alter.mutate(
            moves
              ? change("/api/v1/promises/{number}/move", promise.id, {
                  reason,
                  customer_told: told,
                  due_at: new Date(due ?? 0).toISOString(),
                })
              : change("/api/v1/promises/{number}/withdraw", promise.id, { reason, customer_told: told }),
          )
        }
      >
        {moves ? (
          <label>
            {t("promise.new_due")}
            <input
              className="field"
              value={typed}
              placeholder={t("promise.due_how")}
              aria-invalid={unreadable}
              onChange={(event) => setTyped(event.target.value)}
              data-field
              data-testid="change-due"
            />
          </label>
        ) : null}
        {moves ? (
          <p className="form-note">
            {due !== null ? t("promise.reads", { at: moment(due, siteNow(), false) }) : null}
            {unreadable ? t("promise.unreadable") : null}
          </p>
        ) : null}
        <label className="check promise-told">
          <input
            type="checkbox"
            checked={told}
            onChange={(event) => setTold(event.target.checked)}
            data-testid="change-agreed"
          />{" "}
          {t("promise.agreed")}
        </label>
      </ReasonForm>
      {alter.error ? <Bar tone="warn">{refusal(alter.error)}</Bar> : null}
    </>
  );
}
