import type { ReactNode, RefObject } from "react";
import { useState } from "react";
import { useCategories, usePlaces } from "../api/queries";
import type { RegisterFilter } from "../api/queries";
import { pathOf } from "../queue/title";
import { named, t, useLanguage } from "../words/words";

const STATUSES = [
  "reported",
  "forwarded",
  "accepted",
  "assigned",
  "handled",
  "closed",
  "dismissed",
] as const;
const URGENCIES = ["life_safety", "urgent", "ordinary"] as const;

/** Filters that the API takes as lists; here each holds one. */
function isList(name: keyof RegisterFilter): boolean {
  return name === "status";
}

interface RegisterFiltersProps {
  filter: RegisterFilter;
  onChange: (filter: RegisterFilter) => void;
  find: RefObject<HTMLInputElement | null>;
  /** What may be done with the rows that are left. */
  children: ReactNode;
}

/** What is shown of the register. A filter that hides rows says so by its own colour. */
export function RegisterFilters({ filter, onChange, find, children }: RegisterFiltersProps) {
  const language = useLanguage();
  const { data: categories } = useCategories();
  const { data: places } = usePlaces();
  const [typed, setTyped] = useState(filter.q ?? "");
  const set = (name: keyof RegisterFilter, value: string | boolean | string[]) => {
    const rest = Object.entries(filter).filter(([other]) => other !== name);
    const empty = value === "" || value === false || (Array.isArray(value) && value[0] === "");
    onChange(Object.fromEntries(empty ? rest : [...rest, [name, value]]) as RegisterFilter);
  };
  const select = (
    name: "status" | "urgency" | "category" | "place",
    options: readonly { value: string; label: string }[],
  ) => (
    <select
      className={`field ${filter[name] ? "field-on" : ""}`}
      aria-label={t(`desk.${name}`)}
      value={String(filter[name] ?? "")}
      onChange={(event) => set(name, isList(name) ? [event.target.value] : event.target.value)}
      data-testid={`filter-${name}`}
    >
      <option value="">{t(`desk.any_${name}`)}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
  return (
    <div className="filters" role="search">
      <form
        className="find"
        onSubmit={(event) => {
          event.preventDefault();
          set("q", typed.trim());
          find.current?.blur();
        }}
      >
        <input
          ref={find}
          className={`field ${filter.q ? "field-on" : ""}`}
          type="search"
          value={typed}
          placeholder={t("desk.find")}
          aria-label={t("desk.find")}
          onChange={(event) => {
            setTyped(event.target.value);
            if (event.target.value === "") set("q", "");
          }}
          data-testid="filter-text"
        />
        <kbd>/</kbd>
      </form>
      {select(
        "status",
        STATUSES.map((one) => ({ value: one, label: named("status", one) })),
      )}
      {select(
        "urgency",
        URGENCIES.map((one) => ({ value: one, label: named("urgency", one) })),
      )}
      {select(
        "category",
        (categories ?? []).map((one) => ({
          value: one.code,
          label: language === "zh" ? one.zh : one.en,
        })),
      )}
      {select(
        "place",
        (places ?? []).map((one) => ({ value: one.code, label: pathOf(one.path, 2) })),
      )}
      <label className="check">
        <input
          type="checkbox"
          checked={filter.open ?? false}
          onChange={(event) => set("open", event.target.checked)}
          data-testid="filter-open"
        />
        {t("desk.only_open")}
      </label>
      {children}
    </div>
  );
}
