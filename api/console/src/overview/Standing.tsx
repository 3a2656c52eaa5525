import { useQueries } from "@tanstack/react-query";
import { read } from "../api/client";
import { useUnits } from "../api/duties";
import { usePanels } from "../api/queries";
import { Link } from "../app/Link";
import { points } from "../merit/about";
import { Why } from "../parts/Why";
import { Moment } from "../time/Moment";
import { named, t } from "../words/words";

/** Who answers for each panel, and when he last went through it (五.2(3)). */
export function PanelsSeen({ month }: { month: string }) {
  const { data } = usePanels(month);
  return (
    <section className="card" aria-label={t("overview.panels")} data-testid="overview-panels">
      <h2>{t("overview.panels")}</h2>
      <ul>
        {data?.items.map((panel) => (
          <li key={panel.panel}>
            <b>{named("panel", panel.panel)}</b> {panel.owner?.name ?? t("panels.nobody")}{" "}
            {panel.reviewed_at ? (
              <Moment at={panel.reviewed_at} seconds={false} />
            ) : (
              <span className="quiet">{t("panels.never")}</span>
            )}
          </li>
        ))}
      </ul>
      <p>
        <Link to="/panels">{t("overview.panels_go")}</Link>
      </p>
    </section>
  );
}

/** Each subcontractor's points; its dossier is one click away. */
export function UnitPoints() {
  const { data: units } = useUnits();
  const shown = units?.filter((one) => one.kind === "subcontractor") ?? [];
  const dossiers = useQueries({
    queries: shown.map(({ code }) => ({
      queryKey: ["merit", "dossier", code],
      queryFn: () => read("/api/v1/units/{unit}/dossier", undefined, { unit: code }),
    })),
  });
  return (
    <section className="card" aria-label={t("overview.units")} data-testid="overview-units">
      <h2>{t("overview.units")}</h2>
      {units && shown.length === 0 ? <Why words={t("overview.units_none")} /> : null}
      <ul>
        {shown.map((unit, at) => (
          <li key={unit.code}>
            <Link to={`/units/${unit.code}`}>{unit.name}</Link>{" "}
            <b>{dossiers[at]?.data ? points(dossiers[at].data.balance) : ""}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
