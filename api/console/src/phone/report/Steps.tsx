import { t } from "../words";

/** Which question this is, and the way back to the beginning. */
export function StepHead({ title, onBack }: { title: string; onBack: () => void }) {
  return (
    <div className="step-head">
      <button type="button" className="plain" onClick={onBack} data-testid="back">
        ‹ {t("phone.back")}
      </button>
      <h1>{title}</h1>
    </div>
  );
}
