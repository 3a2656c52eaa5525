import { t } from "../words/words";
import type { PlanDraw } from "./usePlanDraw";

/** Code and name of a new plan; `id` is what the fields' test ids begin with. */
export function PlanNames({ drawn, id }: { drawn: PlanDraw; id: string }) {
  return (
    <>
      <label>
        {t("plans.code")}
        <input
          className="field"
          value={drawn.code}
          onChange={(event) => drawn.setCode(event.target.value)}
          data-testid={`${id}-code`}
        />
      </label>
      <label>
        {t("plans.name")}
        <input
          className="field"
          value={drawn.name}
          onChange={(event) => drawn.setName(event.target.value)}
          data-testid={`${id}-name`}
        />
      </label>
    </>
  );
}
