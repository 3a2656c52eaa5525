import { useState } from "react";
import type { Staff, UnitFull } from "../api/contract";
import { named, t } from "../words/words";
import { CODE, Card, CodeAndName, Tick } from "./Card";
import { List } from "./List";
import { byName, useEdit } from "./queries";

const KINDS = ["office", "subcontractor"] as const;
const NEW = "";

/** For whom people work: the office itself and its subcontractors. */
export function Units({ units, people }: { units: readonly UnitFull[]; people: readonly Staff[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const working = (code: string) =>
    people.filter((one) => one.active && one.unit === code).length;
  return (
    <div className="office-desk">
      <List
        rows={byName(units)}
        columns={[
          { head: t("administration.name"), cell: (one) => one.name },
          { head: t("administration.code"), cell: (one) => one.code },
          { head: t("administration.kind"), cell: (one) => named("unit_kind", one.kind) },
          { head: t("administration.working"), cell: (one) => working(one.code) },
          {
            head: t("administration.state"),
            cell: (one) => t(one.retired ? "administration.retired" : "administration.in_use"),
          },
        ]}
        names={(one) => [one.name, one.code]}
        gone={(one) => one.retired}
        chosen={chosen}
        onChoose={setChosen}
        onNew={() => setChosen(NEW)}
        newWords={t("administration.new_unit")}
        testId="units-list"
      />
      {chosen !== null ? (
        <div className="office-side">
          <UnitCard
            key={chosen}
            unit={units.find((one) => one.code === chosen) ?? null}
            known={units}
            onDone={setChosen}
            onClose={() => setChosen(null)}
          />
        </div>
      ) : null}
    </div>
  );
}

interface UnitCardProps {
  unit: UnitFull | null;
  known: readonly UnitFull[];
  onDone: (code: string) => void;
  onClose: () => void;
}

function UnitCard({ unit, known, onDone, onClose }: UnitCardProps) {
  const [code, setCode] = useState(unit?.code ?? "");
  const [name, setName] = useState(unit?.name ?? "");
  const [kind, setKind] = useState<UnitFull["kind"]>(unit?.kind ?? "subcontractor");
  const [retired, setRetired] = useState(unit?.retired ?? false);
  const save = useEdit("/api/v1/administration/units/{code}", () => onDone(code));
  const taken = !unit && known.some((one) => one.code === code);
  return (
    <Card
      title={unit ? unit.name : t("administration.new_unit")}
      problem={save.error}
      busy={save.isPending}
      ready={CODE.test(code) && !taken && name.trim() !== ""}
      onSave={() => save.mutate({ code, said: { name: name.trim(), kind, retired } })}
      onClose={onClose}
    >
      <CodeAndName
        code={code}
        onCode={setCode}
        name={name}
        onName={setName}
        fixed={unit !== null}
        taken={taken}
      />
      <label>
        {t("administration.kind")}
        <select
          className="field"
          value={kind}
          onChange={(event) => setKind(event.target.value as UnitFull["kind"])}
          data-field
          data-testid="office-kind"
        >
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {named("unit_kind", one)}
            </option>
          ))}
        </select>
      </label>
      <Tick
        label={t("administration.retire")}
        on={retired}
        onTick={setRetired}
        testId="office-retired"
      />
    </Card>
  );
}
