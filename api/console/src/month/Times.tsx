import type { MonthReport } from "../api/contract";
import { named, t } from "../words/words";
import { nameOf } from "./cells";
import { Number } from "./Number";

/** Report to acceptance, what each hop added, answer times beside standards, and the load. */
export function Times({ report }: { report: MonthReport }) {
  return (
    <>
      <Acceptance report={report} />
      <Answers report={report} />
      <Standards report={report} />
      <Load report={report} />
    </>
  );
}

function hopsOf(hops: string): string {
  if (hops === "*") return t("month.said.all");
  return hops === "3" ? t("month.said.and_more", { n: hops }) : hops;
}

function Acceptance({ report }: { report: MonthReport }) {
  const { month } = report;
  if (report.acceptance.length === 0) return null;
  const rows = [
    ...report.acceptance.map((one) => {
      const [channel = "*", hops = "*"] = one.group.split(":");
      const by = channel === "*" ? t("month.said.all") : named("channel", channel);
      return { one, head: `${by} · ${t("month.column.hops")} ${hopsOf(hops)}` };
    }),
    ...report.hops.map((one) => ({
      one,
      head: `${t("month.table.hops")} ${hopsOf(one.group)}`,
    })),
  ];
  return (
    <section data-testid="acceptance">
      <h3>{t("month.table.acceptance")}</h3>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("month.column.key")}</th>
            <th>{t("month.column.n")}</th>
            <th>{t("month.column.median")}</th>
            <th>{t("month.column.p90")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ one, head }) => (
            <tr key={one.cell}>
              <td>{head}</td>
              <td>
                <Number month={month} cell={one.cell} n={one.n} />
              </td>
              <td>{one.median ?? "–"}</td>
              <td>{one.p90 ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Answers({ report }: { report: MonthReport }) {
  const { month, limits, answers } = report;
  if (answers.length === 0) return null;
  return (
    <section data-testid="answers">
      <h3>{t("month.table.answers")}</h3>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("month.column.time")}</th>
            <th>{t("month.column.cls")}</th>
            <th>{t("month.column.n")}</th>
            {limits.map((limit) => (
              <th key={limit}>{t("month.column.within", { n: limit })}</th>
            ))}
            <th>{t("month.column.p50")}</th>
            <th>{t("month.column.p80")}</th>
            <th>{t("month.column.p98_5")}</th>
          </tr>
        </thead>
        <tbody>
          {answers.map((one) => (
            <tr key={`${one.measure} ${one.cls}`}>
              <td>{named("time", one.measure)}</td>
              <td>{named("cls", one.cls)}</td>
              <td>
                <Number month={month} cell={`t.${one.measure}.-.${one.cls}`} n={one.n} />
              </td>
              {limits.map((limit, at) => (
                <td key={limit}>
                  <Number
                    month={month}
                    cell={`t.${one.measure}.${limit}.${one.cls}`}
                    n={one.within[at] ?? 0}
                  />
                </td>
              ))}
              <td>{one.p50}</td>
              <td>{one.p80}</td>
              <td>{one.p98_5}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Standards({ report }: { report: MonthReport }) {
  if (report.standards.length === 0) return null;
  return (
    <section data-testid="standards">
      <h3>{t("month.table.standards")}</h3>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("month.column.standard")}</th>
            <th>{t("month.column.cls")}</th>
            <th>{t("month.column.time")}</th>
            <th>{t("month.column.asked")}</th>
            <th>{t("month.column.share")}</th>
            <th>{t("month.column.met")}</th>
            <th>{t("month.column.status")}</th>
          </tr>
        </thead>
        <tbody>
          {report.standards.map((one) => (
            <tr key={`${one.standard} ${one.cls} ${one.measure} ${one.seconds}`}>
              <td>{one.standard}</td>
              <td>{named("cls", one.cls)}</td>
              <td>{named("time", one.measure)}</td>
              <td>
                {one.wanted === null
                  ? t("month.said.no_seconds")
                  : `${one.wanted} % ≤ ${one.seconds} s`}
              </td>
              <td>{one.wanted === null ? "–" : `${((100 * one.within) / one.n).toFixed(1)} %`}</td>
              <td>{one.met === null ? "–" : t(one.met ? "month.said.yes" : "month.said.no")}</td>
              <td className="quiet">{named("month.said", one.status)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Load({ report }: { report: MonthReport }) {
  const { month } = report;
  if (report.load.length === 0) return null;
  return (
    <section data-testid="load">
      <h3>{t("month.table.load")}</h3>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t("month.column.operator")}</th>
            <th>{t("month.column.n")}</th>
            <th>{t("month.column.average")}</th>
            <th>{t("month.column.peak")}</th>
            <th>{t("month.column.above")}</th>
          </tr>
        </thead>
        <tbody>
          {report.load.map((one) => (
            <tr key={one.operator}>
              <td>
                {one.operator
                  ? nameOf(report, "person", one.operator)
                  : t("month.said.centre")}
              </td>
              <td>
                <Number
                  month={month}
                  cell={`t.load.-.${encodeURIComponent(one.operator)}`}
                  n={one.n}
                />
              </td>
              <td>{one.average}</td>
              <td>
                <Number
                  month={month}
                  cell={`s.${one.peak_span}.${encodeURIComponent(one.operator)}`}
                  n={one.peak}
                />
              </td>
              <td>{one.above}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
