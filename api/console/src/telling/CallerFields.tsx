import type { KeyboardEvent } from "react";
import type { Option } from "../parts/Choice";
import { Choice } from "../parts/Choice";
import { focusNext } from "../parts/fields";
import { callerLacks } from "../queue/draft";
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
  /** Names that hints give, nearest first: taken by the operator with ↓, never by themselves. */
  hinted?: readonly string[];
  /** Who will answer for it when a customer calls; null: whoever types. */
  heardBy?: string | null;
}

/** Who told us: a kind of caller, or a member of staff by name; a customer's name and number beside it. */
export function CallerFields({
  options,
  caller,
  onChange,
  hinted = [],
  heardBy = null,
}: CallerFieldsProps) {
  const asksName = caller.caller === "customer" || caller.caller === "unknown";
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    const next = hinted[(hinted.indexOf(caller.name) + 1) % Math.max(1, hinted.length)];
    if (event.key === "Enter") focusNext(event.currentTarget);
    else if (event.key === "ArrowDown" && next) onChange({ name: next });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
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
              placeholder={
                hinted[0] ? t("form.caller_hinted", { name: hinted[0] }) : t("form.caller_name")
              }
              aria-label={t("form.caller_name")}
              onChange={(event) => onChange({ name: event.target.value })}
              onKeyDown={press}
              data-field
              data-missing={callerLacks(caller)}
              data-testid="form-caller-name"
            />
            <input
              className="field"
              value={caller.phone}
              inputMode="tel"
              placeholder={t("form.caller_phone")}
              aria-label={t("form.caller_phone")}
              onChange={(event) => onChange({ phone: event.target.value })}
              onKeyDown={(event) => event.key === "Enter" && press(event)}
              data-field
              data-testid="form-caller-phone"
            />
          </>
        ) : null}
      </div>
      <p className="form-note">{noteOf(caller.caller, heardBy)}</p>
    </div>
  );
}

/** Who will be named first reporter, said before it is so (ruling under 五.1(1)). */
function noteOf(caller: string | null, heardBy: string | null): string {
  if (caller === "unknown") return t("form.unknown_note");
  if (caller === "customer" && heardBy) return t("form.heard_note", { name: heardBy });
  if (caller === "customer" || caller === "device") return t("form.operator_note");
  return caller ? t("form.staff_note") : "";
}
