import { useState } from "react";
import type { Role, Staff, UnitFull } from "../api/contract";
import { ALL_ROLES } from "../words/roles";
import { named, t } from "../words/words";
import { CODE, Card, CodeAndName, Tick, Word } from "./Card";
import { LogInOnce } from "./LogInOnce";
import { byName, useEdit } from "./queries";

interface PersonCardProps {
  /** Null: somebody new. */
  person: Staff | null;
  known: readonly Staff[];
  units: readonly UnitFull[];
  onDone: (code: string) => void;
  onClose: () => void;
}

export function PersonCard({ person, known, units, onDone, onClose }: PersonCardProps) {
  const offered = byName(units.filter((one) => !one.retired || one.code === person?.unit));
  const [code, setCode] = useState(person?.code ?? "");
  const [name, setName] = useState(person?.name ?? "");
  const [unit, setUnit] = useState(person?.unit ?? offered[0]?.code ?? "");
  const [phone, setPhone] = useState(person?.phone ?? "");
  const [roles, setRoles] = useState<readonly Role[]>(person?.roles ?? []);
  const [active, setActive] = useState(person?.active ?? true);
  const save = useEdit("/api/v1/administration/people/{code}", () => onDone(code));
  const taken = !person && known.some((one) => one.code === code);
  return (
    <div className="office-side">
      <Card
        title={person ? person.name : t("administration.new_person")}
        problem={save.error}
        busy={save.isPending}
        ready={CODE.test(code) && !taken && name.trim() !== "" && roles.length > 0 && unit !== ""}
        onSave={() =>
          save.mutate({
            code,
            said: { name: name.trim(), unit, roles: [...roles], phone: phone.trim() || null, active },
          })
        }
        onClose={onClose}
      >
        <CodeAndName
          code={code}
          onCode={setCode}
          name={name}
          onName={setName}
          fixed={person !== null}
          taken={taken}
        />
        <label>
          {t("administration.unit")}
          <select
            className="field"
            value={unit}
            onChange={(event) => setUnit(event.target.value)}
            data-field
            data-testid="office-unit"
          >
            {offered.map((one) => (
              <option key={one.code} value={one.code}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
        <Word
          label={t("administration.phone")}
          value={phone}
          onType={setPhone}
          testId="office-phone"
        />
        <fieldset className="office-roles">
          <legend>{t("administration.roles")}</legend>
          {ALL_ROLES.map((role) => (
            <Tick
              key={role}
              label={named("role", role)}
              on={roles.includes(role)}
              onTick={(on) => setRoles(on ? [...roles, role] : roles.filter((one) => one !== role))}
              testId={`office-role-${role}`}
            />
          ))}
        </fieldset>
        <Tick
          label={t("administration.is_active")}
          on={active}
          onTick={setActive}
          testId="office-active"
        />
        {person && !active ? <p className="form-note">{t("administration.leaving")}</p> : null}
        {person?.edited ? <p className="form-note">{t("administration.edited")}</p> : null}
      </Card>
      {person?.active ? <LogInOnce person={person} /> : null}
    </div>
  );
}
