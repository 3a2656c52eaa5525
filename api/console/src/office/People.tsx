import { useState } from "react";
import type { Staff, UnitFull } from "../api/contract";
import { named, t } from "../words/words";
import { List } from "./List";
import { PersonCard } from "./PersonCard";
import { byName } from "./queries";

const NOBODY = "";

/** Everybody who works for the site, and what he is. */
export function People({ people, units }: { people: readonly Staff[]; units: readonly UnitFull[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const unitOf = (code: string) => units.find((one) => one.code === code)?.name ?? code;
  const person = people.find((one) => one.code === chosen) ?? null;
  return (
    <div className="office-desk">
      <List
        rows={byName(people)}
        columns={[
          { head: t("administration.name"), cell: (one) => one.name },
          { head: t("administration.code"), cell: (one) => one.code },
          { head: t("administration.unit"), cell: (one) => unitOf(one.unit) },
          {
            head: t("administration.roles"),
            cell: (one) => one.roles.map((role) => named("role", role)).join(t("join.comma")),
          },
          { head: t("administration.phone"), cell: (one) => one.phone ?? "" },
          { head: t("administration.log_in"), cell: (one) => one.login ?? "—" },
          {
            head: t("administration.state"),
            cell: (one) => t(one.active ? "administration.active" : "administration.left"),
          },
        ]}
        names={(one) => [one.name, one.code, one.phone ?? "", unitOf(one.unit)]}
        gone={(one) => !one.active}
        chosen={chosen}
        onChoose={setChosen}
        onNew={() => setChosen(NOBODY)}
        newWords={t("administration.new_person")}
        testId="people-list"
      />
      {chosen !== null ? (
        <PersonCard
          key={chosen}
          person={person}
          known={people}
          units={units}
          onDone={setChosen}
          onClose={() => setChosen(null)}
        />
      ) : null}
    </div>
  );
}
