import type { KeyboardEvent } from "react";
import { useId, useState } from "react";
import { t } from "../words/words";
import { best } from "../words/initials";
import { focusLacking, focusNext } from "./fields";
import "./choice.css";

export interface Option {
  value: string;
  label: string;
  detail?: string | undefined;
  /** Other names it is found by: its code, its name in the other language. */
  names?: readonly string[];
  /** Typing this digit alone picks it at once. */
  digit?: number;
}

interface ChoiceProps {
  options: readonly Option[];
  value: string | null;
  onPick: (value: string) => void;
  label: string;
  testId?: string | undefined;
  placeholder?: string;
  required?: boolean;
  autoFocus?: boolean;
}

/** How many are drawn at once; typing narrows the rest down. */
const SHOWN = 60;

/** A field that is answered by a few letters, pinyin initials or one digit, and goes on to the next. */
export function Choice(props: ChoiceProps) {
  const { options, value, onPick, label, testId, placeholder, required, autoFocus = false } = props;
  const id = useId();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [cursor, setCursor] = useState(0);
  const chosen = options.find((option) => option.value === value);
  const shown = best(options, typed ?? "", (one) => [one.label, ...(one.names ?? [])]).slice(
    0,
    SHOWN,
  );

  const pick = (option: Option, field: HTMLElement | null) => {
    onPick(option.value);
    setTyped(null);
    setOpen(false);
    if (field) focusLacking(field);
  };
  const type = (text: string, field: HTMLInputElement) => {
    const byDigit = /^[1-9]$/.test(text) && options.find((o) => o.digit === Number(text));
    if (byDigit) return pick(byDigit, field);
    setTyped(text);
    setCursor(0);
    setOpen(true);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const pending = typed !== null && typed !== "";
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const from = open
        ? cursor + step
        : Math.max(
            0,
            shown.findIndex((one) => one.value === value),
          );
      setOpen(true);
      setCursor((shown.length + from) % Math.max(1, shown.length));
    } else if (event.key === "Enter" && (pending || !(event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      event.stopPropagation();
      const option = shown[cursor];
      if ((pending || (open && cursor > 0) || !chosen) && option) pick(option, event.currentTarget);
      else if (!pending) focusNext(event.currentTarget);
    } else if (event.key === "Escape" && pending) {
      event.stopPropagation(); // what was typed goes first, then the field is left
      setTyped(null);
    }
  };

  return (
    <div className="choice">
      <input
        className="field"
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && shown[cursor] ? `${id}-${cursor}` : undefined}
        autoComplete="off"
        autoFocus={autoFocus}
        spellCheck={false}
        value={typed ?? chosen?.label ?? ""}
        placeholder={placeholder}
        onChange={(event) => type(event.target.value, event.target)}
        onFocus={(event) => {
          event.target.select();
          setCursor(0);
          setOpen(!chosen); // what is suggested already must not cover the fields below
        }}
        onMouseDown={() => setOpen(true)}
        onBlur={() => {
          setOpen(false);
          setTyped(null);
        }}
        onKeyDown={press}
        data-field
        data-missing={Boolean(required) && value === null}
        data-testid={testId}
      />
      {open ? (
        <ul className="choice-list" role="listbox" id={`${id}-list`} aria-label={label}>
          {shown.map((option, index) => (
            <li
              key={option.value}
              id={`${id}-${index}`}
              role="option"
              aria-selected={option.value === value}
              data-active={index === cursor}
              onMouseMove={() => setCursor(index)}
              // before the field loses its focus
              onMouseDown={(event) => {
                event.preventDefault();
                pick(
                  option,
                  event.currentTarget.closest(".choice")?.querySelector("input") ?? null,
                );
              }}
            >
              {option.digit ? <kbd>{option.digit}</kbd> : null}
              <span>{option.label}</span>
              {option.detail ? <span className="quiet">{option.detail}</span> : null}
            </li>
          ))}
          {shown.length === 0 ? <li className="quiet">{t("choice.none")}</li> : null}
        </ul>
      ) : null}
    </div>
  );
}
