import type { Category } from "../outbox/item";
import { refused } from "../refused";
import { both, t } from "../words";
import { CategoryIcon } from "./icons";
import { remembered } from "./remembered";
import { StepHead } from "./Steps";

interface Props {
  kinds: readonly Category[];
  problem: unknown;
  onPick: (kind: Category) => void;
  onBack: () => void;
}

/** What it is, as pictures with a word each; what this telephone reports most stands first. */
export function PickKind({ kinds, problem, onPick, onBack }: Props) {
  const often = remembered().kinds;
  const sorted = kinds.toSorted((a, b) => (often[b.code] ?? 0) - (often[a.code] ?? 0));
  return (
    <section>
      <StepHead title={t("phone.what")} onBack={onBack} />
      {problem ? <p className="bar warn">{refused(problem)}</p> : null}
      <ul className="kinds">
        {sorted.map((kind) => (
          <li key={kind.code}>
            <button
              type="button"
              className={kind.urgency === "life_safety" ? "life" : ""}
              onClick={() => onPick(kind)}
              data-testid={`kind-${kind.code}`}
            >
              <CategoryIcon code={kind.code} />
              <span>{both(kind)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
