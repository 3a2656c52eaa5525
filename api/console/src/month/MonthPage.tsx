import { Skeleton } from "antd";
import type { Month, MonthReport } from "../api/contract";
import { useMonth } from "../api/queries";
import { Link } from "../app/Link";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { language, t } from "../words/words";
import { Times } from "./Times";
import { cellOf, percent, sum } from "./cells";
import { Closing } from "./Closing";
import { Number } from "./Number";
import { PartTable } from "./PartTable";

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

/** 一.1 and 一.2: the two numbers that say whether the scheme works, and what they divide. */
function Rates({ report }: { report: MonthReport }) {
  const { month, whole } = report;
  const found = sum(report, whole, "found_staff") + sum(report, whole, "found_device");
  const problems = sum(report, whole, "problems");
  return (
    <section className="month-rates">
      <div data-testid="found-first">
        <h3>{t("measure.found_first")}</h3>
        <strong>{percent(whole.found_first)}</strong>
        <p className="quiet">
          <Number month={month} cell={cellOf("all", "found_first", "")} n={found} /> ÷{" "}
          <Number month={month} cell={cellOf("all", "problems", "")} n={problems} />
        </p>
      </div>
      <div data-testid="repeat-rate">
        <h3>{t("measure.repeat_rate")}</h3>
        <strong>{percent(whole.repeat_rate)}</strong>
        <p className="quiet">
          <Number
            month={month}
            cell={cellOf("all", "repeaters", "")}
            n={sum(report, whole, "repeaters")}
          />{" "}
          ÷{" "}
          <Number
            month={month}
            cell={cellOf("all", "customers", "")}
            n={sum(report, whole, "customers")}
          />
        </p>
      </div>
    </section>
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
