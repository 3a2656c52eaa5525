import { Skeleton } from "antd";
import { Link } from "../app/Link";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { named, t } from "../words/words";
import { People } from "./People";
import { Places } from "./Places";
import { Tables } from "./Tables";
import { Units } from "./Units";
import { useAdministration } from "./queries";
import "./office.css";

const PARTS = ["people", "units", "places", "tables"] as const;

/** What an office changes of itself: people, units, places, one by one or by whole tables (K2). */
export default function AdministrationPage({ part }: { part: string | null }) {
  const shown = PARTS.find((one) => one === part) ?? "people";
  const { data, error } = useAdministration();
  return (
    <main className="page" data-testid="administration-page">
      <nav className="acts" aria-label={t("administration.parts")}>
        {PARTS.map((one) => (
          <Link key={one} to={`/administration/${one}`} current={one === shown}>
            {named("administration", one)}
          </Link>
        ))}
      </nav>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {!data && !error && shown !== "tables" ? <Skeleton active /> : null}
      {data && shown === "people" ? <People people={data.people} units={data.units} /> : null}
      {data && shown === "units" ? <Units units={data.units} people={data.people} /> : null}
      {data && shown === "places" ? <Places places={data.places} /> : null}
      {shown === "tables" ? <Tables /> : null}
    </main>
  );
}
