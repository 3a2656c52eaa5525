import { Skeleton } from "antd";
import { useQuery } from "@tanstack/react-query";
import { read } from "../api/client";
import { usePeople } from "../api/queries";
import { Link } from "../app/Link";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { Moment } from "../time/Moment";
import { both, language, named, t } from "../words/words";
import { points } from "./about";
import { ProposalCard } from "./ProposalCard";
import "./merit.css";

/** A unit's page: what speaks for and against it, and the dossier to take away. */
export default function UnitsPage({ unit }: { unit: string | null }) {
  const me = useMe();
  const people = usePeople(may(me, "see_people"));
  const own = { code: me.person.unit.code, name: me.person.unit.name };
  const known = new Map(
    (people.data ?? [])
      .filter((one) => one.unit.kind === "subcontractor")
      .map((one) => [one.unit.code, one.unit.name]),
  );
  if (me.person.unit.kind === "subcontractor") known.set(own.code, own.name);
  const shown = unit ?? [...known.keys()][0] ?? null;
  return (
    <main className="page" data-testid="units-page">
      <nav className="acts" aria-label={t("page.units")}>
        {[...known].map(([code, name]) => (
          <Link key={code} to={`/units/${code}`} current={code === shown}>
            {name}
          </Link>
        ))}
      </nav>
      {shown ? <Dossier key={shown} unit={shown} /> : <Why words={t("dossier.no_units")} />}
    </main>
  );
}

function Dossier({ unit }: { unit: string }) {
  const { data, error, isPending } = useQuery({
    queryKey: ["merit", "dossier", unit],
    queryFn: () => read("/api/v1/units/{unit}/dossier", undefined, { unit }),
  });
  if (error) return <Bar tone="warn">{refusal(error, "read")}</Bar>;
  if (isPending) return <Skeleton active />;
  const file = `/api/v1/units/${encodeURIComponent(unit)}/dossier/file?language=${language()}`;
  return (
    <>
      <h2>
        {data.unit.name} <strong data-testid="balance">{points(data.balance)}</strong>{" "}
        <a href={file} data-testid="dossier-file">
          {t("dossier.take")}
        </a>
      </h2>
      <ul data-testid="standing">
        {data.standing.map((one) => (
          <li key={one.family}>
            {named("family", one.family)}{t("join.colon")}
            {one.line ? (
              <>
                <b>{named("consequence", one.line.consequence)}</b> {both(one.line.sentence)}{" "}
                {one.line.by?.name} <Moment at={one.line.at} seconds={false} />
              </>
            ) : (
              <span className="quiet">{t("dossier.undecided")}</span>
            )}
          </li>
        ))}
      </ul>
      {data.months.length > 0 ? (
        <table className="plain-table" data-testid="dossier-months">
          <thead>
            <tr>
              <th>{t("merit.month")}</th>
              <th>{t("merit.points")}</th>
              <th>{t("deed.late")}</th>
              <th>{t("deed.refused")}</th>
              <th>{t("deed.praised")}</th>
              <th>{t("deed.complained")}</th>
            </tr>
          </thead>
          <tbody>
            {data.months.map((one) => (
              <tr key={one.month}>
                <td>{one.month}</td>
                <td>{points(one.points)}</td>
                <td>{one.late}</td>
                <td>{one.refused}</td>
                <td>{one.praised}</td>
                <td>{one.complained}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <Why words={t("dossier.empty")} />
      )}
      <h3>{t("dossier.deeds")}</h3>
      <ul>
        {data.deeds.map((one) => (
          <li key={one.evidence.seq}>
            {named("deed", one.deed)} {one.person?.name}{" "}
            <Moment at={one.evidence.at} seconds={false} />{" "}
            {one.evidence.issue > 0 ? (
              <Link to={`/issues/${one.evidence.issue}`}>#{one.evidence.issue}</Link>
            ) : null}
          </li>
        ))}
      </ul>
      <h3>{t("dossier.decided")}</h3>
      {data.decided.map((one) => (
        <ProposalCard key={one.number} proposal={one} />
      ))}
    </>
  );
}
