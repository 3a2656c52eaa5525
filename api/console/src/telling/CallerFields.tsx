import type { Option } from "../parts/Choice";
import { Choice } from "../parts/Choice";
import { t } from "../words/words";

interface CallerValues {
  caller: string | null;
  name: string;
  phone: string;
}

interface CallerFieldsProps {
  options: readonly Option[];
  caller: CallerValues;
  onChange: (change: Partial<CallerValues>) => void;
}

/** Who told us: a kind of caller, or a member of staff by name; a customer's name and number beside it. */
export function CallerFields({ options, caller, onChange }: CallerFieldsProps) {
  const asksName = caller.caller === "customer" || caller.caller === "unknown";
  return (
    <div>
      <div className="form-pair">
        <Choice
          label={t("form.caller")}
          options={options}
          value={caller.caller}
          onPick={(value) => onChange({ caller: value })}
          testId="form-caller"
          required
        />
        {asksName ? (
          <>
            <input
              className="field"
              value={caller.name}
              placeholder={t("form.caller_name")}
              aria-label={t("form.caller_name")}
              onChange={(event) => onChange({ name: event.target.value })}
              data-testid="form-caller-name"
            />
            <input
              className="field"
              value={caller.phone}
              inputMode="tel"
              placeholder={t("form.caller_phone")}
              aria-label={t("form.caller_phone")}
              onChange={(event) => onChange({ phone: event.target.value })}
              data-testid="form-caller-phone"
            />
          </>
        ) : null}
      </div>
      {caller.caller === "unknown" ? <p className="form-note">{t("form.unknown_note")}</p> : null}
      {caller.caller === "customer" || caller.caller === "device" ? (
        <p className="form-note">{t("form.operator_note")}</p>
      ) : null}
    </div>
  );
}
