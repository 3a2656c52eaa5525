import { Button } from "antd";
import type { Means, Person } from "../api/contract";
import { Choice } from "../parts/Choice";
import { siteNow } from "../time/clock";
import { typedMoment } from "../time/typed";
import { named, t } from "../words/words";
import { personOptions } from "./options";
import type { TypedRelay } from "./typed-telling";
import { nextRelay } from "./typed-telling";

const MEANS: readonly Means[] = ["telephone", "radio", "in_person", "message"];

interface RelayRowsProps {
  relays: readonly TypedRelay[];
  people: readonly Person[];
  onChange: (relays: TypedRelay[]) => void;
}

/** The chain by which it came, hop by hop, each with its time: direct is better, and it shows. */
export function RelayRows({ relays, people, onChange }: RelayRowsProps) {
  const change = (id: number, part: Partial<TypedRelay>) =>
    onChange(relays.map((one) => (one.id === id ? { ...one, ...part } : one)));
  return (
    <div className="relay-rows">
      {relays.map((relay) => (
        <div className="relay-row" key={relay.id}>
          <Choice
            label={t("relay.by")}
            options={personOptions(people)}
            value={relay.person}
            onPick={(code) => {
              const person = people.find((one) => one.code === code);
              change(relay.id, {
                person: code,
                name: person?.name ?? "",
                role: person?.roles[0] ?? null,
              });
            }}
            placeholder={relay.name || t("relay.by")}
          />
          <span aria-hidden="true">→</span>
          <input
            className="field"
            value={relay.to}
            placeholder={t("relay.to")}
            aria-label={t("relay.to")}
            onChange={(event) => change(relay.id, { to: event.target.value })}
            data-field
            data-missing={relay.to.trim() === ""}
          />
          <select
            className="field"
            value={relay.means}
            aria-label={t("relay.means")}
            onChange={(event) => change(relay.id, { means: event.target.value as Means })}
            data-field
          >
            {MEANS.map((one) => (
              <option key={one} value={one}>
                {named("means", one)}
              </option>
            ))}
          </select>
          <input
            className="field field-time"
            value={relay.toldAt}
            placeholder={t("telling.told_at_how")}
            aria-label={t("relay.told_at")}
            aria-invalid={
              relay.toldAt !== "" && typedMoment(relay.toldAt, siteNow(), "past") === null
            }
            onChange={(event) => change(relay.id, { toldAt: event.target.value })}
            data-field
          />
          <Button
            size="small"
            type="text"
            aria-label={t("relay.remove")}
            onClick={() => onChange(relays.filter((one) => one.id !== relay.id))}
          >
            ×
          </Button>
        </div>
      ))}
      <Button
        size="small"
        onClick={() => onChange([...relays, nextRelay(relays)])}
        data-testid="relay-add"
      >
        {t("relay.add")}
      </Button>
    </div>
  );
}
