import type { KeyboardEvent, RefObject } from "react";
import { useState } from "react";
import type { Report } from "../api/contract";
import { matches } from "../words/initials";
import { t } from "../words/words";
import { findable } from "./sections";

interface FindFieldProps {
  reports: readonly Report[];
  onSelect: (number: number) => void;
  field: RefObject<HTMLInputElement | null>;
}

/** Typing moves to the first row that fits, Enter to the next. No row is ever hidden. */
export function FindField({ reports, onSelect, field }: FindFieldProps) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const found = typed.trim() ? reports.filter((one) => matches(typed, findable(one))) : [];
  const select = (text: string, index: number) => {
    const fits = reports.filter((one) => matches(text, findable(one)));
    const one = fits[index % Math.max(1, fits.length)];
    if (text.trim() && one) onSelect(one.number);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      select(typed, at + 1);
      setAt(at + 1);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      setTyped("");
      event.currentTarget.blur();
    }
  };
  return (
    <div className="find">
      <input
        ref={field}
        className="field"
        type="search"
        value={typed}
        placeholder={t("queue.find")}
        aria-label={t("queue.find")}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
          select(event.target.value, 0);
        }}
        onKeyDown={press}
      />
      {typed.trim() ? (
        <span className="quiet">{t("queue.found", { count: found.length })}</span>
      ) : (
        <kbd>/</kbd>
      )}
    </div>
  );
}
