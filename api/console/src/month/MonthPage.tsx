import { Skeleton } from "antd";
import type { Month } from "../api/contract";
import { useMonth } from "../api/queries";
import { Link } from "../app/Link";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { language, t } from "../words/words";
import { Times } from "./Times";
import { cellOf } from "./cells";
import { Closing } from "./Closing";
import { MonthCharts } from "./MonthCharts";
import { Number } from "./Number";
import { PartTable } from "./PartTable";
import { Rates } from "./Rates";

const PARTS = ["unit", "person", "channel", "category", "place", "cls", "cause", "outcome"] as const;

/** A month: the two rates first, then every number, each opening its issues. */
export function MonthPage({ month }: { month: string }) {
  const { data, error, isPending } = useMonth(month);
  return (
    <main className="page month">
      <p>
        <Link to="/months">{t("months.back")}</Link>
      </p>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {isPending ? <Skeleton active /> : null}
      {data ? <Report data={data} /> : null}
    </main>
  );
}

function Report({ data }: { data: Month }) {
  const { report } = data;
  return (
    <>
      <h2>
        {report.site_name} · {report.month}
      </h2>
      <Rates report={report} />
      <Files month={report.month} />
      <Closing data={data} />
      <MonthCharts report={report} />
      <section>
        <h3>{t("month.table.whole")}</h3>
        <dl className="month-sums">
          {report.measures.map((measure, at) => (
            <div key={measure}>
              <dt>{t(`measure.${measure}` as "measure.told")}</dt>
              <dd>
                <Number
                  month={report.month}
                  cell={cellOf("all", measure, "")}
                  n={report.whole.counts[at] ?? 0}
                />
              </dd>
            </div>
          ))}
        </dl>
      </section>
      {PARTS.map((part) => (
        <PartTable key={part} report={report} dimension={part} lines={report.parts[part] ?? []} />
      ))}
      <Times report={report} />
      <PartTable report={report} dimension="device" lines={report.devices} />
    </>
  );
}

function Files({ month }: { month: string }) {
  const at = `/api/v1/months/${month}/file?language=${language()}&form=`;
  return (
    <nav className="acts" aria-label={t("months.download")}>
      <span className="quiet">{t("months.download")}</span>
      {["xlsx", "csv", "pdf"].map((form) => (
        <a key={form} href={`${at}${form}`} download data-testid={`file-${form}`}>
          {form.toUpperCase()}
        </a>
      ))}
      <Link to={`/register/${month}`}>{t("months.register")}</Link>
      <Link to={`/panels/${month}`}>{t("months.panels")}</Link>
    </nav>
  );
}
