import { useQuery } from "@tanstack/react-query";
import { read } from "../api/client";
import type { Report } from "../api/contract";
import { Link } from "../app/Link";
import { pathOf } from "./title";
import { named, t } from "../words/words";

/** The silences that this trouble explains: each has its own issue and is back if it stays silent. */
export function Explained({ report }: { report: Report }) {
  const { data } = useQuery({
    queryKey: ["queue", "under", report.number],
    queryFn: () => read("/api/v1/reports/{number}/under", undefined, report.number),
    enabled: report.explains > 0,
  });
  if (report.explains === 0) return null;
  return (
    <section className="explained" aria-label={t("under.title")} data-testid="explained">
      <h2>
        {t("under.title")} <span className="count">{report.explains}</span>
      </h2>
      <p className="quiet">{t("under.note")}</p>
      <ul className="open-here" tabIndex={0} aria-label={t("under.title")}>
        {(data?.items ?? []).map((one) => (
          <li key={one.number}>
            <Link to={`/issues/${one.issue}`}>#{one.issue}</Link>
            <span>
              {one.device?.name} {one.place ? pathOf(one.place.path, 2) : null}
            </span>
            <span>{named("event", one.event_type)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
