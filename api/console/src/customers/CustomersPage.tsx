import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { change, read } from "../api/client";
import { usePlaces } from "../api/queries";
import type { Answer, Written } from "../api/routes";
import { TableImport } from "../office/TableImport";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Choice } from "../parts/Choice";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { placeOptions } from "../telling/options";
import { named, t } from "../words/words";
import { useChange } from "./queries";

type Customer = Answer<"/api/v1/customers">["items"][number];
type Entered = Written<"/api/v1/customers/{code}">;
const LIVING = ["owner", "tenant", "resident", "worker"] as const;

/** Residents and tenants, their telephones and places. */
export default function CustomersPage() {
  const me = useMe();
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const { data, error } = useQuery({
    queryKey: ["customers", q],
    queryFn: () => read("/api/v1/customers", { limit: 100, ...(q ? { q } : {}) }),
  });
  return (
    <main className="page" data-testid="customers-page">
      <h2>{t("customers.title")}</h2>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      <input
        className="field"
        value={typed}
        aria-label={t("customers.find")}
        placeholder={t("customers.find")}
        onChange={(event) => setTyped(event.target.value)}
        data-field
        data-testid="customers-find"
      />
      {may(me, "enter_customer") ? <EnterForm /> : null}
      {may(me, "bring_customers") ? (
        <TableImport
          title={t("customers.table")}
          path="/api/v1/customer-table"
          note={t("customers.table_note")}
        />
      ) : null}
      {data?.items.length === 0 ? <Why words={t("customers.none")} /> : null}
      {data && data.items.length > 0 ? (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t("customers.name")}</th>
              <th>{t("customers.phones")}</th>
              <th>{t("customers.homes")}</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((one: Customer) => (
              <tr key={one.code} data-testid={`customer-${one.code}`}>
                <td>
                  <b>{one.name}</b> <span className="quiet">{one.code}</span>
                </td>
                <td>{one.phones.join(", ")}</td>
                <td>
                  {one.homes
                    .map(
                      (home) =>
                        `${home.place.path.join(" ")} ${home.door ?? ""} ${named("living", home.kind)}`,
                    )
                    .join("; ")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </main>
  );
}

const EMPTY = { code: "", name: "", phone: "", door: "" };

function EnterForm() {
  const { data: places } = usePlaces();
  const [said, setSaid] = useState(EMPTY);
  const [place, setPlace] = useState<string | null>(null);
  const [kind, setKind] = useState<(typeof LIVING)[number]>("owner");
  const act = useChange<Entered>(() => {
    setSaid(EMPTY);
    setPlace(null);
  });
  const field = (name: keyof typeof EMPTY) => (
    <label>
      {t(`customers.${name}`)}
      <input
        className="field"
        value={said[name]}
        onChange={(event) => setSaid({ ...said, [name]: event.target.value })}
        data-field
        data-testid={`customer-field-${name}`}
      />
    </label>
  );
  const enter = () => {
    if (!said.code.trim() || !said.name.trim()) return;
    const door = said.door.trim();
    act.mutate(
      change(
        "/api/v1/customers/{code}",
        { code: said.code.trim() },
        {
          name: said.name.trim(),
          phones: said.phone.trim() ? [said.phone.trim()] : [],
          homes: place ? [{ place, kind, ...(door ? { door } : {}) }] : [],
          note: "",
          active: true,
          // The form knows one telephone and one place: it must not write over who has more.
          fresh: true,
        },
      ),
    );
  };
  return (
    <div className="reason-form" data-form>
      {act.error ? <Bar tone="warn">{refusal(act.error)}</Bar> : null}
      {field("code")}
      {field("name")}
      {field("phone")}
      <label>{t("inspections.place")}</label>
      <Choice
        label={t("inspections.place")}
        options={placeOptions(places ?? [])}
        value={place}
        onPick={setPlace}
        testId="customer-place"
      />
      {field("door")}
      <Choice
        label={t("customers.living")}
        options={LIVING.map((value) => ({ value, label: named("living", value) }))}
        value={kind}
        onPick={(value) => setKind(value as typeof kind)}
        testId="customer-living"
      />
      <ActButton
        words={t("customers.enter")}
        onClick={enter}
        busy={act.isPending}
        testId="customer-enter"
      />
    </div>
  );
}
